"""A story as one JSON object on one line, its answers inside it; knows no file."""

import json

from research.export.columns import FIXED
from research.export.rows import AnswerRow, StoryRow

LINE_ENDS = {"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Characters that JSON allows in a text, but that some programs take for the end of the line."""


def line(row: StoryRow) -> str:
    """The object, with its line end. What is absent is null."""
    story = {column.name: column.cell(row) for column in FIXED}
    answers = {key: _answer(answer) for key, answer in row.answers.items()}
    written = json.dumps({**story, "antwoorden": answers}, ensure_ascii=False, separators=(",", ":"))
    for character, escaped in LINE_ENDS.items():
        written = written.replace(character, escaped)
    return written + "\n"


def _answer(answer: AnswerRow) -> dict[str, object]:
    return {
        "soort": answer.kind,
        "code": answer.code,
        "waarde": answer.value,
        "aandelen": dict(zip("abc", answer.shares, strict=True)) if answer.shares else None,
        "label": answer.label or None,
        "tekst": answer.text or None,
        "opmerking": answer.remark or None,
        "reden_ontbreekt": answer.reason or None,
        "bron": answer.source or None,
    }
