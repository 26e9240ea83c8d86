"""What the first view of the web chat weighs, as our bot serves it when an operator starts it."""

from tests.bot.page_weight import Weighed, first_view
from tests.load.bots import BROWSER
from tests.load.browsers import Browsers
from tests.load.run import Load, on_disk, serving, started


async def weighed() -> tuple[Weighed, ...]:
    """The page and all that it names."""
    browsers = Browsers(lambda chat, page: None, scripts=True)
    with on_disk() as folder:
        async with serving(browsers), started(Load(mode=BROWSER), browsers, folder):
            return tuple(await first_view(browsers.url))
