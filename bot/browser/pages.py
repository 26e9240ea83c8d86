"""Values into HTML, with the templates of this folder; knows no request and no corridor. Everything is escaped."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from weakref import WeakKeyDictionary

from markupsafe import Markup, escape

from bot.browser import hearing, menu
from bot.browser.files import FILES
from bot.browser.kiosk import Rest
from bot.browser.markup import html
from bot.browser.screen import VALUES, Bubble, Screen
from bot.settings import UNFILLED
from bot.visits import Underway
from dialogs.asides import WITHDRAW
from dialogs.daytime import AMSTERDAM
from dialogs.library import Library
from dialogs.questions import StoryQuestion, WordQuestion
from dialogs.replies import AgainTap, AskTap, PlainTap, Tap
from dialogs.taps import decode
from dialogs.texts import Span, plain, spans
from pages.files import named
from pages.templating import templates

READ_AT: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "/privacy": ("WEB.privacy", ("ALG.uitleg",)),
    "/hulp": ("WEB.hulp", ("WEB.nummers", "ALG.contact")),
    "/toegankelijkheid": (
        "WEB.toegankelijkheid",
        ("WEB.toegankelijk", "WEB.toegankelijk_getest", "WEB.toegankelijk_nog_niet", "WEB.toegankelijk_melden"),
    ),
}
"""The pages that are read: the texts of the title and of what stands below it."""

HERE = Path(__file__).parent
ICONS = (192, 512)
"""Pixels of the pictures that stand on a home screen, as browsers ask for them."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands above the conversation during a visit: where it is and how many told, and what its form holds.

    `is_trial`: what is told counts nowhere.
    """

    told: str
    token: str
    is_trial: bool = False


LOST = "kwijt"
"""The button of whoever is asked for a receipt and has none."""


class Pages:
    """All pages, in the words of one library. `sounds`: where the files are that read them aloud, by served name."""

    def __init__(self, library: Library) -> None:
        self._library = library
        # They stand on every page, and below every bubble.
        label = cache(lambda text_id: escape(self._label(text_id)))
        self._templates = templates(HERE / "templates", FILES)
        # These are answered in the field first of all, and their buttons come after that.
        self._open, self._stories = _ids(library, WordQuestion), _ids(library, StoryQuestion)
        self._foreign = {text.text: text.language for text in library.texts.values() if text.language != "nl"}
        self._commands = menu.called(library)
        self._templates.filters["said"] = self._said
        self._drawn: WeakKeyDictionary[Bubble, Markup] = WeakKeyDictionary()
        self.sounds = {named(path, path.read_bytes()): path for path in library.sounds.values()}
        self._templates.globals.update(text=self.words, label=label)
        # Residents read what nobody filled in: then they must read as well that nothing is real yet.
        self._templates.globals["is_trial"] = any(UNFILLED in text.text for text in library.texts.values())
        self._templates.globals["read_at"] = READ_AT
        self._templates.globals["sound"] = {path.name: f"/audio/{name}" for name, path in self.sounds.items()}

    def chat(
        self,
        screen: Screen,
        *,
        token: str,
        number: int,
        words: str,
        note: str,
        whole: bool,
        rest: Rest | None = None,
        bar: Bar | None = None,
    ) -> str:
        """The conversation, with a form of this number; only what changes in it where not the `whole` is asked for.

        `token` goes into the form, `words` into its field, and `note` (a text id) above it. `rest`: what is done
        where nobody moves. `bar`: what stands above it during a visit.
        """
        name = "chat.html" if whole else "conversation.html"
        asked = screen.asked
        values = {"token": token, "number": number, "words": words, "note": note, "question": asked}
        in_words, is_story = self._asks_one_of(self._open, asked), self._asks_one_of(self._stories, asked)
        field = "WEB.veld" if in_words else _field(asked)
        in_words = in_words or field == "WEB.veld_code"
        notice = self._html((Span(screen.notice),), tapped=True)
        menu_here = [line for line in menu.MENU.items() if not ((rest or bar) and line[0] == menu.LATER)]
        values |= {"in_words": in_words, "is_story": is_story, "field": field, "notice": notice, "menu": menu_here}
        values["done"] = (
            next(filter(hearing.is_done, (data for row in asked.rows for _, data in row)), "") if asked else ""
        )
        return self._rendered(name, screen=screen, rest=rest, bar=bar, **values)

    def plain(self, name: str, rest: Rest | None = None, **values: object) -> str:
        """Another page: the name of its template."""
        return self._rendered(f"{name}.html", rest=rest, **values)

    def bar(self, visit: Underway | None, token: str) -> Bar:
        """What stands above the conversation during a visit; only that it is one where no more can be read now."""
        if visit is None:
            return Bar(self._label("WEB.bezoek_kort"), token)
        if visit.until:
            late = {"tijd": f"{visit.until.astimezone(AMSTERDAM):%H:%M}"}
            return Bar(plain(self._library.text("WEB.bezoek_laat").text, late), token, visit.test)
        values = {"plek": visit.place or self._label("WEB.bezoek_buurt"), "aantal": str(visit.told)}
        said = self._library.text("WEB.bezoek_een" if visit.told == 1 else "WEB.bezoek").text
        return Bar(plain(said, values), token, visit.test)

    def asks_for_words(self, screen: Screen) -> bool:
        """Whether what is asked now is answered in the field first of all."""
        return self._asks_one_of(self._open, screen.asked)

    def manifest(self, start: str) -> Mapping[str, object]:
        """How the site stands among the apps of a device, where it opens at the address `start`."""
        return {
            "name": self._label("BOT.naam"),
            "short_name": self._label("WEB.kort"),
            "lang": "nl",
            "start_url": start,
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#00387a",
            "icons": [
                {"src": FILES.address_of("icon.svg"), "sizes": "any", "type": "image/svg+xml"},
                *({"src": FILES.address_of(f"icon-{n}.png"), "sizes": f"{n}x{n}", "type": "image/png"} for n in ICONS),
            ],
        }

    def words(self, text_id: str) -> Markup:
        """A text as HTML."""
        return self._html(spans(self._library.text(text_id).text, VALUES))

    def _html(self, runs: tuple[Span, ...], calls: bool = True, *, tapped: bool = False) -> Markup:
        """`tapped`: it stands in the form, so that a command may be a button."""
        return html(runs, self._foreign, calls=calls, commands=self._commands if tapped else {})

    def _said(self, bubble: Bubble) -> Markup:
        """Its words as HTML, drawn once for as long as it stands on a screen: every answer shows all of them anew."""
        drawn = self._drawn.get(bubble)
        if drawn is None:
            drawn = self._drawn[bubble] = self._html(bubble.spans, calls=not bubble.mine, tapped=True)
        return drawn

    def _asks_one_of(self, ids: Collection[str], asked: Bubble | None) -> bool:
        """Whether what is asked is one of these questions."""
        taps = (decode(data) for row in asked.rows for _, data in row) if asked else ()
        return any(isinstance(tap, AskTap) and tap.question in ids for tap in taps)

    def _label(self, text_id: str) -> str:
        return plain(self._library.text(text_id).text, VALUES)

    def _rendered(self, name: str, **values: object) -> str:
        return self._templates.get_template(name).render(**values)


def _field(asked: Bubble | None) -> str:
    """The text id of what may be typed where buttons answer what is asked, or where nothing is asked."""
    taps = [decode(data) for row in asked.rows for _, data in row] if asked else []
    if any(_asks_receipt(tap) for tap in taps):
        return "WEB.veld_code"
    return "WEB.veld_iets" if not taps or any(isinstance(tap, AgainTap) for tap in taps) else "WEB.veld_ook"


def _asks_receipt(tap: Tap | None) -> bool:
    is_plain = isinstance(tap, PlainTap) and tap.name == LOST
    return is_plain or (isinstance(tap, AskTap) and (tap.question, tap.option) == (f"@{WITHDRAW}", LOST))


def _ids(library: Library, kind: type | UnionType) -> frozenset[str]:
    """The questions of a kind in all sets."""
    questions = (item for questions in library.sets.values() for item in questions.questions)
    return frozenset(item.id for item in questions if isinstance(item, kind))
