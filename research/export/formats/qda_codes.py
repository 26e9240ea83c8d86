"""The codes with which researchers begin: a theme for what was asked, a question for what was told; knows no file.

They are told as REFI-QDA wants them, in a codebook and in a project. The same code has the same GUID in every export.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr

from dialogs.questions import ClosedQuestion, OpenQuestion, Question, QuestionSet, StoryQuestion, title_of
from research.export.safe_text import safe

OURS = UUID("cd8b8a62-1c1c-4d0e-9d4e-0f6f6a0a5b3d")
"""What every GUID is made from, together with what it is the GUID of."""

REMARK = "vraag/opmerking"
"""The key of the code for what was typed beside buttons."""


@dataclass(frozen=True)
class Code:
    """One code, or a group of them: a group cannot be given to words. Names differ, whatever the group."""

    key: str
    name: str
    description: str
    members: tuple["Code", ...] = ()


def guid(kind: str, key: str) -> str:
    """The GUID of something, by what it is and what it is called."""
    return str(uuid5(OURS, f"{kind}/{key}"))


def codes(sets: Sequence[QuestionSet]) -> tuple[Code, ...]:
    """Two groups: themes, which nothing was given yet, and the questions that words were an answer to."""
    questions = [
        *_merged(code for item in sets for question in item.questions for code in _of_words(question, item)),
        Code(REMARK, "Opmerking bij een vraag", "Wat de verteller typte bij een vraag met knoppen."),
    ]
    themes = _merged(code for item in sets for question in item.questions for code in _themes(question))
    groups = (
        Code("groep/themas", "Thema's", "De thema's van de vragen over het verhaal.", tuple(themes)),
        Code("groep/vragen", "Vragen", "Waar de woorden een antwoord op zijn.", tuple(questions)),
    )
    return tuple(group for group in groups if group.members)


def key_of_prompt(question: str, prompt: str) -> str:
    """The key of the code for what was told to a prompt."""
    return f"vraag/{question}/{prompt}"


def key_of_open(question: str) -> str:
    """The key of the code for an answer in words."""
    return f"antwoord/{question}"


def written(found: Sequence[Code]) -> str:
    """The codes as XML, the element `Codes`."""
    return f"<Codes>{''.join(map(_element, found))}</Codes>"


def _element(code: Code) -> str:
    """Readers take a code for a group where it says that it cannot be given."""
    start = f'<Code guid="{guid("code", code.key)}" name={quoteattr(safe(code.name))}'
    members = "".join(map(_element, code.members))
    described = f"<Description>{escape(safe(code.description))}</Description>"
    return f'{start} isCodable="{"false" if members else "true"}">{described}{members}</Code>'


def _of_words(question: Question, questions: QuestionSet) -> Iterator[Code]:
    match question:
        case StoryQuestion():
            for prompt in question.prompts:
                yield Code(key_of_prompt(question.id, prompt.id), f"Vraag {prompt.id}", prompt.text)
        case OpenQuestion() if question != title_of(questions):
            yield Code(key_of_open(question.id), f"Antwoord {question.id}", question.text)
        case _:
            return


def _themes(question: Question) -> Iterator[Code]:
    """Those of questions that a teller answers about the story; a question for a helper is about how it was told."""
    if (
        isinstance(question, ClosedQuestion)
        and question.of == "verhaal"
        and not (question.when and question.when.helped)
    ):
        for theme in (question.theme or "").split(", "):
            if theme:
                yield Code(f"thema/{theme.casefold()}", theme, question.text)


def _merged(found: Iterator[Code]) -> list[Code]:
    """What several questions share stands there once, with the words of each."""
    told: dict[str, tuple[str, list[str]]] = {}
    for code in found:
        _, lines = told.setdefault(code.key, (code.name, []))
        if code.description not in lines:
            lines.append(code.description)
    return [Code(key, name, "\n\n".join(lines)) for key, (name, lines) in told.items()]
