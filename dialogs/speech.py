"""In which language somebody writes, and the one line that is said about it; translates nothing and blocks nothing."""

from dialogs.interview import Interview, Language
from dialogs.library import Library
from dialogs.prompt import say
from dialogs.questions import story_of
from dialogs.replies import Reply

DUTCH = "nl"
LINE = "TAAL.nl"
_OF_SCRIPT = {"arab": "ar"}
"""Persian and Urdu are written in Arabic letters too; whoever reads those may read the Arabic line."""

_SCRIPT = 4
"""Letters in the code of a script."""

TOLD = "TAAL"
"""Said once for every story, in whichever language."""


def tag_of(code: str) -> str:
    """What is recognised, as a tag for who reads it aloud (BCP 47); a script is one of a language that nobody knows."""
    known = _OF_SCRIPT.get(code, code)
    return f"und-{known.title()}" if len(known) == _SCRIPT else known


def line_of_app(library: Library, app: str) -> Reply | None:
    """The line for whoever has an app in another language ("tr", "pt-br"); None for Dutch and where it is not told."""
    code = _primary(app)
    return _line(library, code) if code not in ("", DUTCH) else None


def line_of_words(library: Library, interview: Interview) -> Reply | None:
    """The line for whoever writes a story in another language, as soon as its words show that."""
    guess = library.languages.recognise(_story(library, interview))
    return _line(library, guess.code) if guess.code not in ("", DUTCH) else None


def language_of(library: Library, interview: Interview, app: str) -> Language:
    """What is kept with the story: what its words show, else the language of the app, else that nobody knows.

    The app comes first for the line, which may be wrong without harm; what is kept is about the story.
    """
    guess = library.languages.recognise(_story(library, interview))
    if guess.code:
        return Language(guess.code, guess.certainty, guess.source)
    return Language(_primary(app), None, interview.channel) if app else Language()


def _story(library: Library, interview: Interview) -> str:
    return interview.answer(story_of(library.of(interview)).id).text


def _primary(app: str) -> str:
    """The language of a tag as apps tell it (IETF BCP 47), without its country."""
    return app.partition("-")[0].lower()


def _line(library: Library, code: str) -> Reply:
    """In Dutch, and in the language of the teller where there is such a text."""
    dutch = library.text(LINE).text
    own = library.texts.get(f"TAAL.{_OF_SCRIPT.get(code, code)}")
    return Reply(own.id, f"{own.text}\n{dutch}") if own else say(library, LINE)
