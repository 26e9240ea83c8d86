"""A resident with a phone, in a house whose time the test decides; every answer is told by the ids of its texts."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.housekeeping import tidy_up
from dialogs.interview import Interview
from research.export.folder import new_folder
from research.export.formats.every import available
from research.export.order import Order
from research.export.tiers import Tier
from research.exporting import Handing, hand_out
from storage.interviews import Address
from tests.bot.running import House, Phone
from tests.bot.story import FIRST, LINK, SECOND
from tests.botapi.screen import Shown
from tests.botapi.wire import Object
from tests.catalogue.naming import button, named
from tests.talk.players import Kept
from tests.talk.world import Clock

ANNE, BO = 4201, 4202
TAPS = "answerCallbackQuery"
SKIP = button("ALG.overslaan", "overslaan")
TEXTS = {".csv", ".jsonl", ".json", ".md", ".cff"}
"""The files of an export that anybody can read as they are."""

QUESTIONS = ("gevoel", "makkelijk", "regels", "tijd", "hulp", "veranderd", "stadsdeel", "leeftijd")
"""The questions between the title and the review."""

STORY = f"{FIRST} {SECOND}"
"""Long enough that no more is asked for."""


@dataclass(frozen=True)
class Home(House):
    """A house with a clock of its own."""

    clock: Clock = field(default_factory=Clock)

    async def wait(self, time: timedelta) -> None:
        """So long nothing happens but housekeeping; what is to be said then is said when the channel runs again."""
        self.clock.wait(time)
        async with self.intake() as intake:
            await tidy_up(intake)

    async def exported(self, name: str) -> dict[str, str]:
        """The files of an export that is made now, by name."""
        folder = self.database.parent / name
        order = Order(name, self.clock(), "0", Tier.RAW, recipient="Onderzoek", reason="overeenkomst 12")
        handing = Handing(new_folder(folder), int)
        async with self.intake() as intake:
            await hand_out(intake.database, self.keys, self.library, order, available("csv,jsonl"), handing)
        return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.suffix in TEXTS}

    def resident(self, chat: int) -> "Resident":
        """Somebody who has the bot on a phone."""
        return Resident(self, chat)


@dataclass(frozen=True)
class Resident(Phone):
    """A resident in a private chat. What they do gives the ids of all that the bot says new in that chat."""

    house: Home

    async def types(self, *words: str) -> list[str]:
        """Types messages, one behind the other."""
        contents: list[Object] = [{"text": text} for text in words]
        return await self.shares(*contents)

    async def uses(self, label: str) -> list[str]:
        """Taps the newest button with this label."""
        return await self._hears(lambda: self.house.telegram.tap(self.chat, label))

    async def shares(self, *contents: Object) -> list[str]:
        """Sends messages that are more, or something else, than words."""
        return await self._hears(lambda: [self.house.telegram.share(self.chat, content) for content in contents])

    async def forges(self, message: int, data: str) -> list[str]:
        """Taps with any data under any message."""
        return await self._hears(lambda: self.house.telegram.tap_data(self.chat, message, data))

    async def begins(self, link: str = LINK) -> list[str]:
        """Comes in by a link and agrees: the question for the story is what is heard."""
        await self.types(f"/start {link}".strip())
        return await self.uses(button("ALG.toestemming", "ja"))

    async def tells(self, story: str = STORY) -> list[str]:
        """Tells a story that is long enough, and gives it no title."""
        await self.types(story)
        await self.uses(button("ALG.meer", "klaar"))
        return await self.uses(SKIP)

    async def skips(self, amount: int = len(QUESTIONS)) -> list[str]:
        """Skips so many questions; all of them lead to the review."""
        heard = [await self.uses(SKIP) for _ in range(amount)]
        return heard[-1]

    async def sends(self) -> str:
        """Sends what stands at the review; the receipt, as it is on the screen."""
        await self.uses(button("ALG.nakijken", "verstuur_wel"))
        found = re.findall(r"code is: (\S+)", "\n".join(self.texts()))
        return str(found[-1])

    def names(self) -> list[str]:
        """The ids of all that the bot has on the screen."""
        return [named(text) for text in self.texts()]

    def notices(self) -> list[str]:
        """What was said over the buttons that were tapped, "" for nothing."""
        calls = self.house.telegram.calls_of(TAPS)
        return [named(str(call.params.get("text", ""))) for call in calls if call.chat_id == self.chat]

    def last(self) -> Shown:
        """The newest message of the bot."""
        return self.screen()[-1]

    def buttons(self) -> list[str]:
        """The labels under the newest message of the bot."""
        return [label for row in self.last().keyboard for label, _ in row]

    def data(self, label: str) -> tuple[int, str]:
        """The message that has a button with this label, and what it carries."""
        found = (
            (shown.message_id, data)
            for shown in self.screen()
            for row in shown.keyboard
            for at, data in row
            if at == label
        )
        return list(found)[-1]

    async def kept(self) -> Interview:
        """The draft, which has to be there."""
        found = await self.draft()
        assert found
        return found

    async def story(self, receipt: str) -> Interview | None:
        """The story that was sent with this receipt."""
        kept = Kept(self.house.url, self.house.keys, Address("telegram", str(self.chat)))
        return await kept.story(receipt)

    async def _hears(self, act: Callable[[], object]) -> list[str]:
        before = {shown.message_id for shown in self.screen()}
        act()
        await self.house.quiet()
        return [named(shown.text) for shown in self.screen() if shown.message_id not in before]
