"""Which keys a part of a question set may have, and which of them are templates; knows only the models."""

from collections.abc import Iterable, Mapping

from dialogs.checks.shapes import Loc
from dialogs.questions import (
    Block,
    ChoiceQuestion,
    FollowUp,
    Frozen,
    OpenQuestion,
    Option,
    Pair,
    Prompt,
    QuestionSet,
    ReviewQuestion,
    ScaleOption,
    ScaleQuestion,
    StoryQuestion,
    TriadOption,
    TriadQuestion,
    When,
)

TEMPLATES = ("text", "intro", "counter")
"""Words in which placeholders are filled in."""

LITERALS = ("title", "name", "label", "button", "words")
"""Words that are shown as they are, on a button or in a list."""

_QUESTIONS: Mapping[str, type[Frozen]] = {
    "story": StoryQuestion,
    "open": OpenQuestion,
    "choice": ChoiceQuestion,
    "scale": ScaleQuestion,
    "triad": TriadQuestion,
    "review": ReviewQuestion,
}
_OPTIONS: Mapping[str, type[Frozen]] = {"choice": Option, "scale": ScaleOption, "triad": TriadOption}
_PARTS: Mapping[str, type[Frozen]] = {"follow_up": FollowUp, "pair": Pair, "prompts": Prompt, "when": When}


def keys_at(loc: Loc) -> Iterable[str]:
    """The keys beside the one at which `loc` ends, such as ("questions", 2, "choice", "options", 0, "kleur")."""
    return _model([step for step in loc[:-1] if isinstance(step, str)]).model_fields


def _model(above: list[str]) -> type[Frozen]:
    match above:
        case []:
            return QuestionSet
        case ["blocks", *_]:
            return Block
        case ["questions", kind]:
            return _QUESTIONS[kind]
        case ["questions", kind, "options"]:
            return _OPTIONS[kind]
        case _:
            return _PARTS[above[-1]]
