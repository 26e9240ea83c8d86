"""A page of the web chat as somebody reads it: what was said, the buttons below it, and what its form holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

Rows = tuple[tuple[tuple[str, str], ...], ...]
CLOSED_BY_ITSELF = frozenset({"br", "img", "input", "link", "meta"})


@dataclass(frozen=True)
class Spoken:
    """One bubble: `rows` hold label and value of each button."""

    id: str
    words: str
    mine: bool
    rows: Rows = ()


@dataclass(frozen=True)
class Page:
    """What stands on a page; `hidden` are the fields that a form sends along, `field` what stands in the open one."""

    spoken: tuple[Spoken, ...] = ()
    notices: tuple[str, ...] = ()
    hidden: Mapping[str, str] = field(default_factory=dict)
    field: str = ""

    def button(self, label: str) -> str:
        """What the newest button with this label sends. AssertionError where there is none."""
        rows = [row for said in self.spoken for row in said.rows]
        found = [data for row in rows for name, data in row if name == label]
        assert found, f"there is no button [{label}]"
        return found[-1]


def page(html: str) -> Page:
    """Reads a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Page(
        tuple(replace(said, rows=tuple(reader.rows.get(said.id, ()))) for said in reader.spoken),
        tuple(reader.notices),
        reader.hidden,
        reader.words_in_field,
    )


class _Reader(HTMLParser):
    """Goes through the tags once; it knows the few that the pages are made of."""

    def __init__(self) -> None:
        super().__init__()
        self.spoken: list[Spoken] = []
        self.notices: list[str] = []
        self.hidden: dict[str, str] = {}
        self.rows: dict[str, list[tuple[tuple[str, str], ...]]] = {}
        self.words_in_field = ""
        self._open: list[tuple[str, Mapping[str, str]]] = []
        self._words = ""
        self._group = ""
        self._bubble: Mapping[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "br":
            return
        if tag == "input":
            self.hidden[found["name"]] = found.get("value", "")
        if tag in CLOSED_BY_ITSELF:
            return
        self._open.append((tag, found))
        if tag in ("p", "textarea") or (tag == "button" and found.get("name") != "command"):
            self._words = ""
        if tag == "li":
            self._bubble = found
        if "choices" in found.get("class", ""):
            self._group = found.get("aria-labelledby", "")
        if found.get("class") == "row":
            self.rows.setdefault(self._group, []).append(())

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag in CLOSED_BY_ITSELF:
            return
        opened, found = self._open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"
        if tag == "textarea":
            self.words_in_field = self._words.removeprefix("\n")
        if tag == "button" and found.get("name") == "tap":
            rows = self.rows[self._group]
            rows[-1] = (*rows[-1], (self._words, found["value"]))
        if tag == "p":
            self._said(found)
        if tag == "li":
            self._bubble = {}

    def _said(self, found: Mapping[str, str]) -> None:
        if self._bubble:
            mine = self._bubble["class"] == "mine"
            self.spoken.append(Spoken(self._bubble["id"], self._words, mine))
        elif "note" in found.get("class", ""):
            self.notices.append(self._words)
