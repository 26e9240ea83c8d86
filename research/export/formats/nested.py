"""Stories as JSON objects, one on each line, with their answers inside; knows no program."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TextIO

from research.export.content import Content
from research.export.folder import new_file
from research.export.rows import REMEMBERED, AnswerRow, Choice, StoryRow
from research.export.tables import Cell

FILE = "verhalen.jsonl"

LINE_ENDS = {"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Characters that JSON allows in a text, but that some programs take for the end of the line."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Objects:
    """The file, as far as it is written; `fixed` are the names of what every story has, in order."""

    def __init__(self, file: TextIO, fixed: Sequence[str]) -> None:
        self._file = file
        self._fixed = fixed
        self._stories = 0

    def write(self, row: StoryRow, cells: Sequence[Cell]) -> None:
        """One object, with its line end. What is absent is null."""
        story = _written(dict(zip(self._fixed, cells, strict=False)))[:-1]
        answers = ",".join([_answer(answer) for answer in row.answers.values()])
        self._file.write(f'{story},"antwoorden":{{{answers}}}}}\n')
        self._stories += 1

    def rows(self) -> Mapping[str, int]:
        """How many objects there are."""
        return {FILE: self._stories}

    def stories(self) -> int | None:
        """An object each."""
        return self._stories


@contextmanager
def opened(folder: Path, content: Content) -> Iterator[Objects]:
    """The file, with nothing in it yet."""
    with new_file(folder / FILE) as file:
        yield Objects(file, [variable.name for variable in content.variables if not variable.question])


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
