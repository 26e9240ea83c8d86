"""The sheets that lead people to the chat: a poster, a card for a table, cards to take along; knows no link."""

from collections.abc import Mapping
from importlib.resources import files

from bot.handouts import qr
from bot.handouts.handout import Handout, pieces
from dialogs.texts import Texts, plain
from printing.letters import Value, all_drawn, named
from printing.typesetting import pdf

TEMPLATES = files("bot.handouts") / "templates"
ICON = files("bot") / "browser" / "static" / "icon.svg"

LONGEST_PLACE = 60
LONGEST_ORGANISATION = 90

SAID = {
    "kop": "UIT.kop",
    "waarom": "UIT.waarom",
    "camera": "UIT.camera",
    "adres": "UIT.adres",
    "telegram": "UIT.telegram",
    "duur": "UIT.duur",
    "naam": "UIT.naam",
    "stoppen": "UIT.stoppen",
    "proef": "UIT.proef",
    "proef_uitleg": "UIT.proef_uitleg",
}
"""The texts that stand on a sheet as they are, by the name that the templates have for them."""


def poster(handout: Handout, texts: Texts) -> bytes:
    """A poster as PDF, one page A4 (210 by 297 mm), with a QR code of about 9 centimetres.

    A phone reads a code from about ten times its width (a rule of thumb of printers): here from almost a metre.
    `texts` are those of the library, with what the study filled in.
    """
    return _made("poster", handout, texts)


def table_card(handout: Handout, texts: Texts) -> bytes:
    """A card for a table or a counter as PDF, one page A6 (105 by 148 mm), with a QR code of about 5 centimetres."""
    return _made("table_card", handout, texts)


def business_cards(handout: Handout, texts: Texts) -> bytes:
    """Ten equal cards of 85 by 55 mm with cut marks as PDF, one page A4, each with a QR code of about 3 centimetres."""
    return _made("business_cards", handout, texts)


def _made(template: str, handout: Handout, texts: Texts) -> bytes:
    drawings = {"qr": qr.svg(handout.web), "icon": ICON.read_bytes()}
    return pdf(TEMPLATES / f"{template}.typ", all_drawn(_values(handout, texts)), drawings)


def _values(handout: Handout, texts: Texts) -> Mapping[str, Value]:
    organisation = named(handout.organisation, LONGEST_ORGANISATION)
    return {
        **{name: plain(texts[text_id].text, {}) for name, text_id in SAID.items()},
        "van": plain(texts["UIT.van"].text, {"organisatie": organisation or None}),
        "place": named(handout.place, LONGEST_PLACE),
        "web": pieces(handout.web),
        "bot": pieces(handout.telegram),
        "test": handout.test,
    }
