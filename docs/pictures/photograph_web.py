"""Photographs a conversation and the pages for staff and researchers in a real browser, and the page of pictures.

`python -m docs.pictures.photograph_web`, from the folder of the project, where there is a browser. The story is
invented and its code is that of every rehearsal, so that nothing differs from one day to the next but what is drawn.
"""

import asyncio
from pathlib import Path

from docs.pictures import research_visits, team_visits
from docs.pictures.visits import MOMENTS, SCREENS, Moment, come_to, visit
from tests.system.chromium import chromium

FOLDER = Path(__file__).parent.parent / "beelden"
PAGE = FOLDER / "README.md"
SMALL = {320: 110, 390: 110, 1280: 280}
"""How wide a picture of each screen is in the README of the project."""

INTRODUCTION = """\
# Het gesprek in een browser, in beeld

Elk moment op een smalle oude telefoon (320), een telefoon van nu (390) en een tablet of computer (1280 beeldpunten
breed). Het verhaal en de code zijn verzonnen. `make pictures` maakt de foto's opnieuw, en deze bladzijde ook.
"""

FOR_STAFF = """\
# De bladzijden voor medewerkers, in beeld

Op dezelfde drie schermen. De plekken, de link en de aantallen zijn verzonnen.
"""


FOR_RESEARCHERS = """\
# De bladzijden voor onderzoekers, in beeld

Op dezelfde drie schermen. De verhalen en de namen zijn verzonnen.
"""


def file_name(moment: Moment, width: int) -> str:
    """What a picture is called."""
    return f"{moment.name}-{width}.png"


def page() -> str:
    """The page that shows all pictures, in Markdown."""
    staff, researchers = map(_shown, team_visits.MOMENTS), map(_shown, research_visits.MOMENTS)
    return "\n".join([INTRODUCTION, *map(_shown, MOMENTS), FOR_STAFF, *staff, FOR_RESEARCHERS, *researchers])


def table() -> str:
    """All pictures in small, a moment a row, as they stand in the README of the project."""
    wide = [screen["width"] for screen in SCREENS]
    head = ["", *(f"{width} pixels" for width in wide)]
    rows = ([moment.title, *(_small(moment, width) for width in wide)] for moment in MOMENTS)
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def _small(moment: Moment, width: int) -> str:
    name = f"{FOLDER.parent.name}/{FOLDER.name}/{file_name(moment, width)}"
    return f'<img src="{name}" width="{SMALL[width]}" alt="{moment.title}: {moment.shows}">'


def _shown(moment: Moment) -> str:
    pictures = (
        f'<img src="{file_name(moment, screen["width"])}" width="{screen["width"] // 2}" alt="{_described(moment)}">'
        for screen in SCREENS
    )
    return f"## {moment.title}\n\n{moment.shows}\n\n" + "\n".join(pictures) + "\n"


def _described(moment: Moment) -> str:
    return f"{moment.title}: {moment.words}"


async def photograph(folder: Path) -> None:
    """Writes a picture of every moment on every screen."""
    async with chromium() as browser:
        for screen in SCREENS:
            async with visit(browser, screen) as anne:
                for moment in MOMENTS:
                    await come_to(anne, moment)
                    await anne.tab.screenshot(path=folder / file_name(moment, screen["width"]))
            for visits in (team_visits, research_visits):
                async with visits.shown(browser, screen) as moments:
                    async for somebody, moment in moments:
                        await somebody.tab.screenshot(path=folder / file_name(moment, screen["width"]))


def main() -> None:
    """Makes all pictures anew, and their page."""
    FOLDER.mkdir(exist_ok=True)
    asyncio.run(photograph(FOLDER))
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
