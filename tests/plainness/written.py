"""The Dutch that stands in templates of pages and in the source, gathered for the measure; it knows no threshold.

Pages for staff are not said in a conversation, so they have no text file: their words stand where they are shown.
"""

import ast
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from tests.plainness.measure import Readable

BLOCK = re.compile(
    r"</?(?:a|button|caption|dd|div|dl|dt|fieldset|figcaption|footer|form|h[1-6]|img|input|label|legend|li|main|nav"
    r"|option|p|section|select|summary|svg|table|tbody|td|text|textarea|th|thead|tr|ul)\b[^<>]*>"
)
"""Where one thing that is read ends and another begins."""

PRESSED = re.compile(r"<(button|a)\b[^<>]*>(.*?)</\1>", re.DOTALL)
SAID_ALOUD = re.compile(r'\b(?:alt|aria-label|placeholder|title)="([^"]*)"')
_STATEMENT = re.compile(r"{%.*?%}", re.DOTALL)
_VALUE = re.compile(r"{{.*?}}", re.DOTALL)
_QUOTED = re.compile(r'"([^"<>]*)"')
_MARKUP = re.compile(r"<[^<>]*>")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_SENTENCE = re.compile(r"[A-Z{].* ")


def in_template(file: Path) -> Iterator[Readable]:
    """Each thing that can be read in a template, and each button; in the place of a value stands `{waarde}`."""
    source = file.read_text(encoding="utf-8")
    inside = (quoted for value in _VALUE.findall(source) for quoted in _QUOTED.findall(value) if quoted[:1].isupper())
    # A sentence that goes on behind a condition goes on in its line; each block is a text of its own.
    html = _VALUE.sub("{waarde}", _STATEMENT.sub("", source))
    labels = [_words(label) for _, label in PRESSED.findall(html)]
    shown = [*map(_words, BLOCK.split(html)), *SAID_ALOUD.findall(html), *inside]
    for number, text in enumerate(filter(_is_read, shown)):
        yield Readable(f"{file.name}.{number}", text, (text,) if text in labels else ())


def in_source(file: Path) -> Iterator[Readable]:
    """Each sentence in a file of Python: what begins as one and has a space in it, but for docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    pieces = {id(piece) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in ast.walk(node)}
    loose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) or (id(node) not in pieces | loose and isinstance(node, ast.Constant)):
            text = _said(node)
            if _SENTENCE.match(text) and _is_read(text):
                yield Readable(f"{file.name}:{node.lineno}", text.strip())


def _said(node: ast.JoinedStr | ast.Constant) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(_said(part) if isinstance(part, ast.Constant) else "{waarde}" for part in node.values)


def _is_read(text: str) -> bool:
    """Whether there is more in it than values."""
    return bool(_LETTERS.search(text.replace("{waarde}", "")))


def _words(html: str) -> str:
    return " ".join(unescape(_MARKUP.sub("", html)).split())
