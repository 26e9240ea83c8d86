"""A story as one JSON object on one line, its answers inside it; knows no file."""

import json
from functools import lru_cache

from research.export.columns import FIXED
from research.export.rows import REMEMBERED, AnswerRow, StoryRow

LINE_ENDS = {"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Characters that JSON allows in a text, but that some programs take for the end of the line."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def line(row: StoryRow) -> str:
    """The object, with its line end. What is absent is null."""
    story = _members({column.name: column.cell(row) for column in FIXED})
    answers = ",".join(
        [_answer(item) if item.text or item.remark else _remembered(item) for item in row.answers.values()]
    )
    return f'{{{story},"antwoorden":{{{answers}}}}}\n'


def _answer(answer: AnswerRow) -> str:
    return _members(
        {
            answer.question: {
                "soort": answer.kind,
                "code": answer.code,
                "waarde": answer.value,
                "aandelen": _shares(answer),
                "label": answer.label or None,
                "tekst": answer.text or None,
                "opmerking": answer.remark or None,
                "reden_ontbreekt": answer.reason or None,
                "bron": answer.source or None,
            }
        }
    )


_remembered = lru_cache(maxsize=REMEMBERED)(_answer)


def _shares(answer: AnswerRow) -> dict[str, int | None] | None:
    if answer.share_a is None:
        return None
    return {"a": answer.share_a, "b": answer.share_b, "c": answer.share_c}


def _members(content: object) -> str:
    """What stands between the braces of an object."""
    written = _ENCODER.encode(content)[1:-1]
    for character, escaped in LINE_ENDS.items():
        written = written.replace(character, escaped)
    return written
