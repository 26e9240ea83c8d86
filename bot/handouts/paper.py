"""A form to print, for who tells with a pen: the questions of a set, the consent, and a code to keep; knows no link.

Its number is on every page, for who types it in. The receipt is only on the strip that the teller tears off.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from bot.handouts.form import Box, Form, Item
from bot.handouts.handout import Handout, host
from bot.handouts.sheets import TEMPLATES
from dialogs import form_numbers
from dialogs.form_numbers import is_number, normal_number
from dialogs.questions import OpenQuestion, QuestionSet, ScaleQuestion
from dialogs.receipts import is_receipt, normal_receipt, spelled
from dialogs.texts import Texts, plain, spans
from printing.letters import Value, all_drawn
from printing.typesetting import pdf

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
    "nummer": "UIT.papier.nummer",
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


@dataclass(frozen=True)
class Copy:
    """What is another on each form: its number, and the receipt with which its teller takes the story back."""

    number: str
    receipt: str = field(repr=False)


def paper(
    questions: QuestionSet,
    texts: Texts,
    handout: Handout,
    *,
    link: str,
    copies: Sequence[Copy],
    hand_in: str = "",
) -> bytes:
    """A form as PDF, A4, every copy of it; each fills whole leaves when it is printed on both sides.

    `link` is the code of the link that is printed for who types the form in, `hand_in` says where the form goes.
    `texts` are those of the library, with what the study filled in. ValueError where there is no copy, more than
    `MOST`, or a number or receipt twice or wrong: it would be on paper for good.
    """
    if not 0 < len(copies) <= MOST:
        raise ValueError(f"één tot {MOST} formulieren in één bestand, geen {len(copies)}")
    if not _is_sound(copies):
        raise ValueError("elk formulier heeft een eigen nummer en code nodig, en elk daarvan moet kloppen")
    values = {
        **{name: plain(texts[text_id].text, {}) for name, text_id in SAID.items()},
        **_consent(questions, texts),
        "hulp": _with_stars(texts["WEB.nummers"].text),
        "weghalen": plain(texts["UIT.papier.weghalen"].text, {"adres": host(handout.web)}),
        "bladzijde": plain(texts["UIT.papier.bladzijde"].text, {"n": "{n}", "m": "{m}"}),
        "inleveren": hand_in or plain(texts["UIT.papier.inleveren"].text, {}),
        "items": [_item(item) for item in Form(questions, texts).items()],
        "van": link,
        "copies": [{"number": form_numbers.spelled(one.number), "receipt": spelled(one.receipt)} for one in copies],
        "test": handout.test,
    }
    return pdf(TEMPLATES / "paper.typ", all_drawn(values), {})


def _is_sound(copies: Sequence[Copy]) -> bool:
    numbers = {normal_number(copy.number) for copy in copies if is_number(copy.number)}
    receipts = {normal_receipt(copy.receipt) for copy in copies if is_receipt(copy.receipt)}
    return len(numbers) == len(receipts) == len(copies)


def _consent(questions: QuestionSet, texts: Texts) -> Mapping[str, Value]:
    """The words that the teller agrees to, as the chat says them, and those of the button."""
    text = texts[questions.consent]
    return {"consent": plain(text.text, {"kanaal": None}), "ja": text.buttons["ja"]}


def _with_stars(words: str) -> str:
    """The words without the lines of what the study did not say; what is bold stands between stars."""
    return "".join(f"*{span.text}*" if span.bold else span.text for span in spans(words, {}))


def _item(item: Item) -> Mapping[str, Value]:
    """A question as the template takes it."""
    return {
        "number": item.number,
        "kind": item.question.kind,
        "asked": item.asked,
        "heading": item.heading,
        "note": item.note,
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
