"""Which text a message on the screen is: the shipped texts and questions, found again by their words."""

import re
from collections.abc import Iterator
from functools import cache

from dialogs.questions import ClosedQuestion, OpenQuestion, Question, ReviewQuestion, StoryQuestion, option_of
from dialogs.speech import LINE
from dialogs.texts import Text, placeholders
from tests.talk.world import library

SET = "bewoner"
NEVER = re.compile(r"(?!)")


def named(words: str) -> str:
    """The id of the text or question that these words are; the words themselves where they are none.

    A question is named by its id in the set of residents, the question after a short story "verhaal.vervolg".
    """
    if not words:
        return ""
    fitting = [(len(pattern.pattern), name) for name, pattern in _patterns() if pattern.fullmatch(words)]
    return max(fitting)[1] if fitting else words


def button(text_id: str, slug: str) -> str:
    """What stands on a button of a text."""
    return library().text(text_id).buttons[slug]


def option(question: str, option_id: str) -> str:
    """What stands on a button of a question."""
    questions = library().newest(SET)
    found = questions.question(question) if questions else None
    assert isinstance(found, ClosedQuestion)
    return option_of(found, option_id).label


def labels(text_id: str) -> list[str]:
    """All buttons of a text, in reading order."""
    return list(library().text(text_id).buttons.values())


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    texts = [(item.id, _pattern(item.text)) for item in library().texts.values() if _is_for_tellers(item)]
    dutch = _pattern(library().text(LINE).text).pattern
    foreign = [(name, re.compile(rf"{own.pattern}\n{dutch}")) for name, own in texts if name.startswith("TAAL.")]
    return (*texts, *foreign, *_questions())


def _is_for_tellers(text: Text) -> bool:
    """What staff read in Telegram is mostly things to fill in, and would fit anything."""
    return bool(text.text) and not text.id.startswith("STAF.")


def _questions() -> Iterator[tuple[str, re.Pattern[str]]]:
    questions = library().newest(SET)
    for question in questions.questions if questions else ():
        for name, words in _asked(question):
            yield name, re.compile(rf"(?:.*\n)*{_pattern(words).pattern}")


def _asked(question: Question) -> Iterator[tuple[str, str]]:
    match question:
        case StoryQuestion():
            yield from ((question.id, item.text) for item in question.prompts)
            yield f"{question.id}.vervolg", question.follow_up.text if question.follow_up else ""
        case ReviewQuestion():
            return
        case OpenQuestion() | _:
            yield question.id, question.text


def _pattern(template: str) -> re.Pattern[str]:
    """A line with something to fill in may be left out, and what is filled in may have lines of its own."""
    lines = [_line(line) for line in template.replace("*", "").strip().split("\n")]
    return re.compile(r"\n*".join(lines)) if any(lines) else NEVER


def _line(line: str) -> str:
    literal = re.escape(line)
    for name in placeholders(line):
        literal = literal.replace(re.escape(f"{{{name}}}"), r"[\s\S]*?")
    return f"(?:{literal})?" if placeholders(line) else literal
