"""A story as one JSON object on one line, its answers inside it; knows no file."""

import json
from functools import lru_cache

from research.export.columns import FIXED
from research.export.rows import REMEMBERED, AnswerRow, Choice, StoryRow

LINE_ENDS = {"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Characters that JSON allows in a text, but that some programs take for the end of the line."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def line(row: StoryRow) -> str:
    """The object, with its line end. What is absent is null."""
    story = _written({column.name: column.cell(row) for column in FIXED})[:-1]
    answers = ",".join([_answer(answer) for answer in row.answers.values()])
    return f'{story},"antwoorden":{{{answers}}}}}\n'


def _answer(answer: AnswerRow) -> str:
    choice, text, remark, source = answer
    if not (text or remark or source):
        return _wordless(choice)
    return _with_words(choice, text, remark, source)


@lru_cache(maxsize=REMEMBERED)
def _wordless(choice: Choice) -> str:
    return _with_words(choice, "", "", "")


def _with_words(choice: Choice, text: str, remark: str, source: str) -> str:
    words = f'"tekst":{_words(text)},"opmerking":{_words(remark)}'
    return f'{_chosen(choice)},{words},"reden_ontbreekt":{_words(choice.reason)},"bron":{_words(source)}}}'


@lru_cache(maxsize=REMEMBERED)
def _chosen(choice: Choice) -> str:
    """How the answer begins: its name, and what was chosen."""
    shares = {"a": choice.share_a, "b": choice.share_b, "c": choice.share_c}
    content = {
        "soort": choice.kind,
        "code": choice.code,
        "waarde": choice.value,
        "aandelen": None if choice.share_a is None else shares,
        "label": choice.label or None,
    }
    return f"{_written(choice.question)}:{_written(content)[:-1]}"


def _words(text: str) -> str:
    return _written(text) if text else "null"


def _written(content: object) -> str:
    written = _ENCODER.encode(content)
    for character, escaped in LINE_ENDS.items():
        written = written.replace(character, escaped)
    return written
