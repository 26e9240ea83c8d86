"""What is wrong with a page for who sees, hears or moves in another way; knows no page in particular."""

from collections.abc import Mapping

from axe_playwright_python.async_playwright import Axe

from tests.system.chromium import Visitor

RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
WIDTHS: Mapping[int, int] = {320: 100, 640: 100, 390: 200, 1280: 200}
"""How many pixels a screen is wide, and how large the letters are: 640 is what is left of 1280 when all is zoomed."""

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LETTERS = "percent => document.documentElement.style.fontSize = percent > 100 ? `${percent * 1.125}%` : ''"
SMALL = """[...document.querySelectorAll('button, textarea, summary, .go, nav a, .bottom a')]
    .filter(one => one.offsetParent && one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"""


async def found_by_axe(anne: Visitor) -> list[str]:
    """What is wrong with the page that is open by the rules, each with its place."""
    results = await Axe().run(anne.tab, options=RULES)
    return [f"{one['id']}: {node['html'][:120]}" for one in results.response["violations"] for node in one["nodes"]]


async def faults(anne: Visitor) -> list[str]:
    """What is wrong with the page that is open: by rule, by width, or too small for a finger."""
    found = await found_by_axe(anne)
    for width, letters in WIDTHS.items():
        await anne.tab.set_viewport_size({"width": width, "height": 800})
        await anne.tab.evaluate(LETTERS, letters)
        beyond = await anne.tab.evaluate(SIDEWAYS)
        found += [f"{beyond} pixels beyond {width} with letters of {letters}%"] if beyond > 0 else []
    await anne.tab.evaluate(LETTERS, 100)
    return [*found, *(await anne.tab.evaluate(SMALL))]
