"""A conversation to try or to record: an invented study, ids in order, and a database that is gone afterwards.

What is recorded so holds no real code and nothing of a real study, and says the same words whenever it is played.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.intake import Intake
from dialogs.events import Fresh
from dialogs.load import load_library
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import create_key_file, read_key_file

STUDY = {
    "onderzoeker": "Bureau Voorbeeld",
    "opdrachtgever": "de gemeente",
    "contact": "020 000 0000",
    "fg_contact": "fg@voorbeeld.nl",
    "privacy_url": "voorbeeld.nl/privacy",
    "bewaartermijn": "2 jaar",
    "buurtteam_telefoon": "020 111 1111",
    "bot_link": "t.me/voorbeeld",
    "concept_dagen": "7",
}
RECEIPTS = ("K7PM4TX9R", "B3CD5FG6H", "N8QR2ST4V", "W9XY7Z2AB")


class Ids:
    """Ids in order. A new receipt comes only when a story was kept (`kept` counts them), so that it can be foretold."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.kept = 0

    def __call__(self) -> Fresh:
        number = next(self._numbers)
        receipt = RECEIPTS[self.kept % len(RECEIPTS)]
        return Fresh(f"{number:06d}-interview", f"{number:06d}-teller", f"{number:06d}-story", receipt)

    def story_kept(self) -> None:
        """The receipt of now is used up."""
        self.kept += 1


@asynccontextmanager
async def rehearsal(ids: Ids) -> AsyncIterator[Intake]:
    """The corridor over a database of its own. More stories than there are receipts cannot be kept in one go."""
    with TemporaryDirectory(prefix="vertelbot-") as folder:
        key_file = Path(folder) / "keys"
        create_key_file(key_file)
        keys = read_key_file(key_file)
        database = await open_database(f"sqlite:///{folder}/rehearsal.db")
        try:
            await migrate(database)
            await match_keys(database, keys)
            yield Intake(database, keys, load_library(STUDY), ids=ids)
        finally:
            await database.close()
