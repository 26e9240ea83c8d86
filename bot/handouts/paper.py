"""A form to print, for who tells with a pen: the questions of a set, the consent, and a code to keep; knows no link."""

from collections.abc import Mapping, Sequence
from math import ceil

from bot.handouts.form import Box, Form, Item
from bot.handouts.handout import Handout, host
from bot.handouts.letters import Value
from bot.handouts.typesetting import pdf
from dialogs.questions import ChoiceQuestion, OpenQuestion, QuestionSet, ScaleQuestion
from dialogs.receipts import is_receipt, normal_receipt, spelled
from dialogs.texts import Texts, plain

A_LINE = 40
"""Characters that somebody writes on a line; more lines than `MOST_LINES` no answer gets."""
MOST_LINES = 12

MOST = 20
"""Copies in one file: each takes about 11 MB of memory and a third of a second of a processor to make."""

SAID = {
    "kop": "UIT.kop",
    "hoe": "UIT.papier.hoe",
    "kruisje_nodig": "UIT.papier.kruisje_nodig",
    "privacy": "UIT.papier.privacy",
    "overtypen": "UIT.papier.overtypen",
    "link": "UIT.papier.link",
    "code": "UIT.papier.code",
    "strookje": "UIT.papier.strookje",
    "kies": "UIT.papier.kies",
    "schrijf": "UIT.papier.schrijf",
    "verder": "UIT.papier.verder",
    "driehoek": "UIT.papier.driehoek",
    "klaar": "UIT.papier.klaar",
    "proef": "UIT.proef",
    "proef_uitleg": "UIT.proef_uitleg",
}
"""The texts that stand on a form as they are, by the name that the template has for them."""


def paper(
    questions: QuestionSet,
    texts: Texts,
    handout: Handout,
    *,
    link: str,
    receipts: Sequence[str],
    hand_in: str = "",
) -> bytes:
    """A form as PDF, A4, once for every receipt; each copy fills whole leaves when it is printed on both sides.

    `link` is the code of the link that is printed for who types the form in, `hand_in` says where the form goes.
    `texts` are those of the library, with what the study filled in. ValueError where there is no receipt, more than
    `MOST`, the same one twice, or a wrong one: it would be on paper for good.
    """
    if not 0 < len(receipts) <= MOST:
        raise ValueError(f"één tot {MOST} formulieren in één bestand, geen {len(receipts)}")
    if not all(map(is_receipt, receipts)) or len(set(map(normal_receipt, receipts))) < len(receipts):
        raise ValueError("elk formulier heeft een eigen code nodig, en elke code moet kloppen")
    values = {
        **{name: plain(texts[text_id].text, {}) for name, text_id in SAID.items()},
        **_consent(questions, texts),
        "weghalen": plain(texts["UIT.papier.weghalen"].text, {"adres": host(handout.web)}),
        "bladzijde": plain(texts["UIT.papier.bladzijde"].text, {"n": "{n}", "m": "{m}"}),
        "inleveren": hand_in or plain(texts["UIT.papier.inleveren"].text, {}),
        "items": [_item(item) for item in Form(questions, texts).items()],
        "van": link,
        "receipts": [spelled(receipt) for receipt in receipts],
        "test": handout.test,
    }
    return pdf("paper", values, {})


def _consent(questions: QuestionSet, texts: Texts) -> Mapping[str, Value]:
    """The words that the teller agrees to, as the chat says them, and those of the button."""
    text = texts[questions.consent]
    return {"consent": plain(text.text, {"kanaal": None}), "ja": text.buttons["ja"]}


def _item(item: Item) -> Mapping[str, Value]:
    """A question as the template takes it."""
    return {
        "number": item.number,
        "kind": item.question.kind,
        "asked": item.asked,
        "heading": item.heading,
        "note": item.note,
        "columns": item.question.columns if isinstance(item.question, ChoiceQuestion) else 1,
        "lines": _lines(item),
        "boxes": [_box(box) for box in item.boxes],
        "steps": _steps(item),
    }


def _box(box: Box) -> Mapping[str, Value]:
    return {"number": box.number, "label": box.label, "note": box.note, "shares": box.shares, "name": box.name}


def _lines(item: Item) -> int:
    question = item.question
    return min(MOST_LINES, ceil(question.max_chars / A_LINE)) if isinstance(question, OpenQuestion) else 0


def _steps(item: Item) -> int:
    """How many of the boxes are steps of a scale; those behind them say that a teller cannot choose."""
    question = item.question
    options = question.options if isinstance(question, ScaleQuestion) else ()
    return sum(option.value is not None for option in options)
