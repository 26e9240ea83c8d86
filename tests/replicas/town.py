"""People who tell at the same time, each a story of their own, and what must be found of it; knows no process."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import unified_diff
from itertools import groupby
from pathlib import Path

from storage.opening import open_database
from tests.botapi.server import FakeTelegram
from tests.botapi.wire import a_text
from tests.corridor.resident import PIECES, TITLE, TURNS
from tests.research.kept import table

_OWN = re.compile(r"\(teller \d+\)|Uw code is: \S+")
_OUTBOX = "SELECT COUNT(*) AS amount FROM outbox"


@dataclass(frozen=True)
class Teller:
    """Somebody with a chat and words of their own."""

    number: int

    @property
    def chat(self) -> int:
        """Where they write."""
        return 76_543_000 + self.number

    def own(self, words: str) -> str:
        """These words as only this teller says them."""
        return f"{words} (teller {self.number})" if words in (*PIECES, TITLE) else words

    def act(self, telegram: FakeTelegram, turn: str) -> None:
        """Does one turn: types, or taps the button that is on the screen."""
        if turn.startswith("["):
            telegram.tap(self.chat, turn.removeprefix("[").removesuffix("]"))
        else:
            telegram.say(self.chat, self.own(turn.removeprefix("> ")))

    def heard(self, telegram: FakeTelegram) -> list[str]:
        """All that was sent to this chat, in that order, without what is this teller's own."""
        sent = (call for call in telegram.calls_of("sendMessage") if call.chat_id == self.chat and not call.error)
        return [_OWN.sub("…", a_text(call.params["text"])) for call in sent]

    def story(self) -> str:
        """The story as it must come out."""
        return "\n".join(self.own(piece) for piece in PIECES)


@dataclass(frozen=True)
class Town:
    """Tellers who go through the same questions at the same time, over the database at `url`."""

    telegram: FakeTelegram
    url: str
    tellers: Sequence[Teller]

    def act(self, turn: str) -> None:
        """All do this turn."""
        for teller in self.tellers:
            teller.act(self.telegram, turn)

    async def quiet(self) -> None:
        """Until all have been answered: nothing waits at Telegram, nothing in the outbox."""
        await self.telegram.quiet(timeout=60)
        while await self._waiting():
            await self.telegram.quiet(timeout=60)
        await self.telegram.quiet(timeout=60)

    def is_whole(self, folder: Path) -> None:
        """The export in this folder holds every story once, with every word, and no other."""
        stories = Counter(row["verhaal"] for row in table(folder / "verhalen.csv"))
        assert stories == Counter(teller.story() for teller in self.tellers)
        answers = Counter(row["verhaal_id"] for row in table(folder / "antwoorden.csv"))
        assert len(set(answers.values())) == 1, "some story has more answers than another"

    def is_in_order(self, repeated: int) -> None:
        """All heard the same in the same order; each at most so often a message that had come just before.

        What comes again comes before anything else does: a repeat that comes later is out of order.
        """
        [first, *others] = [_once(teller.heard(self.telegram)) for teller in self.tellers]
        for other in others:
            assert other == first, "\n".join(unified_diff(first, other, lineterm=""))
        for teller in self.tellers:
            heard = teller.heard(self.telegram)
            assert len(heard) - len(_once(heard)) <= repeated + TWICE_ANYWAY, teller

    async def _waiting(self) -> bool:
        database = await open_database(self.url, read_only=True)
        try:
            async with database.reading() as work:
                return await work.fetch(_OUTBOX) != [{"amount": 0}]
        finally:
            await database.close()


def town(telegram: FakeTelegram, url: str, size: int) -> Town:
    """So many tellers."""
    return Town(telegram, url, [Teller(number) for number in range(1, size + 1)])


CONSENT = 2
"""From this turn on everything is kept: what was said before stands in no outbox."""

assert "Ja, ik doe mee" in TURNS[CONSENT - 1]


TWICE_ANYWAY = len(PIECES) - 1
"""After each piece of a story the same is said."""


def _once(texts: list[str]) -> list[str]:
    return [text for text, _ in groupby(texts)]
