"""What stands on the disk of a corridor while it runs: its rows, its files, and what the keys open of them."""

import re
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from dialogs.interview import Interview, Status
from dialogs.personal.seeing import see
from storage.records import answers_of, interview_of
from storage.secrets import KeyRing
from tests.bot.disk import content

Cell = str | int | None
Line = Mapping[str, Cell]
Rows = Mapping[str, list[Line]]

OF_DRAFTS = ("interviews", "answers", "parts", "outbox")
OF_STORIES = ("stories", "story_answers", "story_parts", "withdrawals")
OF_WORDS = (("parts", "words"), ("story_parts", "words"), ("interviews", "about"), ("interviews", "waiting"))
COUNTED = ("seen", "messages", "wrong_codes", "stories", "withdrawals")
SEALED = "gAAAA"
"""How everything that is encrypted begins."""

_EVERY = "SELECT * FROM ?"
_AMOUNT = "SELECT COUNT(*) FROM ?"
_SAME = 11
"""Signs at the start of a token that are the same in every one: its version and its time."""
_PIECE = 24
_NUMBER_OF_A_PERSON = re.compile(r"[\W_]*".join("111222333"))


class Witness:
    """Reads a database beside its program. `rows`, `counts` and `fresh` tokens are those of the last look."""

    def __init__(self, database: Path, keys: KeyRing) -> None:
        self._database = database
        self._keys = keys
        self._words: dict[str, str] = {}
        self.rows: Rows = MappingProxyType({})
        self.counts: Mapping[str, int] = MappingProxyType(dict.fromkeys(COUNTED, -1))
        self.seen: set[str] = set()
        self.fresh: set[str] = set()
        self._told: set[str] = set()
        self._version = -1
        self._connection = self._connected()

    def close(self) -> None:
        """Lets go of the database."""
        self._connection.close()

    def open_again(self) -> None:
        """After `close`: the database is there again."""
        self._connection = self._connected()
        self._version = -1

    def look(self) -> bool:
        """Reads what stands there, if anything was written since the last look; whether there was."""
        [(version,)] = self._all("PRAGMA data_version")
        if version == self._version:
            self.fresh = set()
            return False
        self._version = version
        counts = {name: int(self._all(_AMOUNT.replace("?", name))[0][0]) for name in COUNTED}
        told = any(self.counts[name] != counts[name] for name in ("stories", "withdrawals"))
        self.counts = MappingProxyType(counts)
        names = (*OF_DRAFTS, *OF_STORIES) if told else OF_DRAFTS
        self.rows = MappingProxyType({**self.rows, **{name: self._table(name) for name in names}})
        tokens = self.tokens()
        self.fresh = tokens - self.seen
        self.seen |= tokens
        self._told |= self._tokens_of_words()
        return True

    def tokens(self) -> set[str]:
        """Everything encrypted that stands there."""
        cells = (cell for found in self.rows.values() for line in found for cell in line.values())
        return {cell for cell in cells if isinstance(cell, str) and cell.startswith(SEALED)}

    def lost(self, gone: set[str]) -> set[str]:
        """Those of these tokens that held words of a teller which now stand nowhere any more."""
        kept = {self.words(token) for token in self._tokens_of_words()}
        return {token for token in gone & self._told if self.words(token) not in kept}

    def noted(self) -> set[int]:
        """The updates that are known."""
        return {int(number) for (number,) in self._all("SELECT update_id FROM seen")}

    def words(self, token: Cell) -> str:
        """What a token holds; "" for where a story came from, which only its receipt opens."""
        assert isinstance(token, str)
        if any(token == story["origin"] for story in self.rows["stories"]):
            return ""
        if token not in self._words:
            self._words[token] = self._keys.decrypt(token)
        return self._words[token]

    def draft(self, mark: str) -> Interview | None:
        """The draft of the chat with this mark."""
        line = next((line for line in self.rows["interviews"] if line["chat_mark"] == mark), None)
        if line is None:
            return None
        told = [told for answer in self._of(line, "answers") for told in self._told_to(line, answer)]
        row = {**line, "id": line["interview_id"]}
        return interview_of(self._keys, row, answers_of(self._keys, told), Status.OPEN)

    def holding(self, pieces: Iterable[bytes]) -> list[bytes]:
        """Those of these pieces that stand in the files."""
        files = content(self._database).values()
        return [piece for piece in pieces if any(piece in file for file in files)]

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._database, isolation_level=None)
        connection.row_factory = sqlite3.Row
        return connection

    def _tokens_of_words(self) -> set[str]:
        cells = (line.get(column) for name, column in OF_WORDS for line in self.rows[name])
        return {cell for cell in cells if isinstance(cell, str)}

    def _told_to(self, draft: Line, answer: Line) -> list[Line]:
        """The rows of an answer as the statement that loads them gives them: one for each part, or one without."""
        parts = [part for part in self._of(draft, "parts") if part["question"] == answer["question"]]
        ordered = sorted(parts, key=lambda part: int(part["position"] or 0))
        return [{**answer, **part} for part in ordered] or [{**answer, "words": None, "message": None}]

    def _of(self, draft: Line, name: str) -> list[Line]:
        return [line for line in self.rows[name] if line["interview_id"] == draft["interview_id"]]

    def _table(self, name: str) -> list[Line]:
        return [dict(row) for row in self._all(_EVERY.replace("?", name))]

    def _all(self, statement: str) -> list[sqlite3.Row]:
        return self._connection.execute(statement).fetchall()


def pieces(token: str) -> tuple[bytes, bytes]:
    """Two pieces of a token that stand in no other: where it begins to be its own, and its end."""
    return token[_SAME : _SAME + _PIECE].encode(), token[-_PIECE:].encode()


def has_number_of_a_person(text: str) -> bool:
    """Whether the number 111222333 can be read in a text, however it is spaced or written."""
    digits = sum(map(str.isdigit, text))
    return digits >= len("111222333") and _NUMBER_OF_A_PERSON.search(see(text).text) is not None
