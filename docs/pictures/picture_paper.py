"""Pictures of what is handed out, page by page, and the page that shows them.

`python -m docs.pictures.picture_paper`, from the folder of the project. The link, the place and the codes are invented.
"""

from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image

from bot.handouts import sheets
from bot.handouts.handout import Handout
from bot.handouts.paper import Copy, paper
from docs.pictures.stories import STORIES
from research.export.formats.card_sheets import card_sheets
from tests.talk.world import RECEIPTS, STUDY, library

FOLDER = Path(__file__).parent.parent / "beelden" / "papier"
PAGE = FOLDER / "README.md"
DPI, COLOURS = 90, 64
"""Enough to judge a page by on a screen."""

INTRODUCTION = """\
# Wat er uitgedeeld wordt, in beeld

Elke bladzijde zoals zij uit de printer komt. De link, de plek, de codes en de verhalen zijn verzonnen. `make
pictures` maakt de
beelden opnieuw, en deze bladzijde ook.
"""

LINK = Handout(
    "https://vertel.voorbeeld.nl/v/k7pm4tx9r2",
    "https://t.me/voorbeeldbot?start=k7pm4tx9r2",
    "Huis van de Wijk De Klinker",
    organisation=STUDY["onderzoeker"],
)
COPY = Copy("h3wd8nyc", RECEIPTS[0])
TRIAL = Handout(LINK.web, LINK.telegram, LINK.place, test=True, organisation=LINK.organisation)


@dataclass(frozen=True)
class Picture:
    """A page of something: `shows` says in Dutch what is to be seen."""

    name: str
    title: str
    shows: str
    pdf: bytes
    page: int = 0

    @property
    def file(self) -> str:
        """What it is called."""
        return f"{self.name}.png"


def pictures() -> tuple[Picture, ...]:
    """All of them, in the order of the page."""
    texts = library().texts
    poster, card, cards = (make(LINK, texts) for make in (sheets.poster, sheets.table_card, sheets.business_cards))
    return (
        Picture("poster", "De poster (A4)", "Een blauwe kop, een grote QR-code, drie beloften en het adres.", poster),
        Picture(
            "poster-proef",
            "De poster van een proeflink",
            "Dezelfde poster met een gele balk: niet ophangen en niet uitdelen.",
            sheets.poster(TRIAL, texts),
        ),
        Picture("tafelkaart", "De kaart voor op tafel (A6)", "De poster in het klein, voor tafel en balie.", card),
        Picture("kaartjes", "De kaartjes (tien op A4)", "Tien gelijke kaartjes met tekens om langs te snijden.", cards),
        *_form(),
        Picture(
            "verhaalkaarten",
            "Verhalen om aan tafel te lezen (vier op A4)",
            "Twee korte verhalen, en een lang verhaal dat verdergaat op een tweede kaart.",
            card_sheets(STORIES),
        ),
    )


def _form() -> tuple[Picture, ...]:
    form = paper(library().sets["bewoner", 1], library().texts, LINK, link="k7pm4tx9r2", copies=[COPY])
    return (
        Picture(
            "formulier-1",
            "Het formulier: toestemming",
            "De toestemming, het nummer rechtsboven, en het strookje met de code.",
            form,
            0,
        ),
        Picture(
            "formulier-2",
            "Het formulier: het verhaal",
            "Vier manieren om te beginnen, en lijnen. Onderaan, achter op het strookje, de nummers om te bellen.",
            form,
            1,
        ),
        Picture("formulier-3", "Het formulier: vragen", "Meer lijnen, een titel en een gevoel.", form, 2),
        Picture("formulier-4", "Het formulier: de driehoek", "Twee schalen, en een driehoek met acht vakjes.", form, 3),
        Picture(
            "formulier-6", "Het formulier: het einde", "Of een stukje in het verslag mag, wat nu, en lijnen.", form, 5
        ),
    )


def drawn(picture: Picture) -> Image.Image:
    """The page in few colours."""
    page = pypdfium2.PdfDocument(picture.pdf)[picture.page]
    image: Image.Image = page.render(scale=DPI / 72).to_pil().convert("RGB")
    return image.quantize(COLOURS, dither=Image.Dither.NONE)


def page(shown: tuple[Picture, ...]) -> str:
    """The page that shows all pictures, in Markdown."""
    return "\n".join([INTRODUCTION, *map(_shown, shown)])


def _shown(picture: Picture) -> str:
    image = f'<img src="{picture.file}" width="480" alt="{picture.title}: {picture.shows}">'
    return f"## {picture.title}\n\n{picture.shows}\n\n{image}\n"


def main() -> None:
    """Makes all pictures anew, and their page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    shown = pictures()
    for picture in shown:
        drawn(picture).save(FOLDER / picture.file, optimize=True)
    PAGE.write_text(page(shown), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
