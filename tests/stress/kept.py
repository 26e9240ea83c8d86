"""Whether what came of a bad day is what was told: in the stories as a researcher gets them, and on the screens."""

import csv
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.browser.screen import VALUES
from bot.outgoing import Outgoing
from bot.telegram.rendering import render
from dialogs.interview import Interview
from storage import interviews, stories
from storage.addresses import Address
from storage.opening import open_database
from storage.secrets import KeyRing
from tests.botapi.desk import Call
from tests.stress import ledger
from tests.stress.residents import Resident, Teller, Told
from tests.stress.site import Site
from tests.stress.visitors import Visitor

UNSEEN = 10
"""Answers that a browser was shown last, and that it may be shown again: it had not said yet that it saw them."""


@dataclass(frozen=True)
class Kept:
    """What became of all that was told: `answers`, and those that are lost, kept twice or kept in another order."""

    answers: int = 0
    lost: int = 0
    twice: int = 0
    out_of_order: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(
            self.answers + other.answers,
            self.lost + other.lost,
            self.twice + other.twice,
            self.out_of_order + other.out_of_order,
        )


@dataclass(frozen=True)
class Screens:
    """What was said: `messages` meant, those that never came, and those that came again.

    `worst` is how often the same chat heard something again after one and the same kill.
    """

    messages: int
    unsaid: int
    repeated: int
    worst: int


async def all_of_it(
    site: Site, residents: Sequence[Resident], calls: Iterable[Call], kills: Sequence[float] = ()
) -> tuple[Kept, Screens]:
    """What became of all that these residents told; `calls` are those since the witness began. Nothing may be wrong."""
    assert await site.bots[0].export(site.folder / "uitvoer") == 0
    kept = in_stories(site.folder / "uitvoer", residents) + await in_drafts(site.url, site.keys, residents)
    meant = await ledger.meant(site.url, site.keys, [resident.address for resident in residents])
    by_chat = {int(address.chat): list(_in_telegram(said)) for address, said in meant.items()}
    said = screens(calls, by_chat, kills)
    assert (kept.lost, kept.twice, kept.out_of_order, said.unsaid) == (0, 0, 0, 0), (kept, said)
    assert said.worst <= 1, (kept, said)
    return kept, said


async def in_browsers(site: Site, visitors: Sequence[Visitor], kills: Sequence[float]) -> tuple[Kept, Screens]:
    """The same of what was told with browsers. A receipt that somebody saw leads to her story."""
    assert await site.bots[0].export(site.folder / "uitvoer") == 0
    kept = in_stories(site.folder / "uitvoer", visitors) + await in_drafts(site.url, site.keys, visitors)
    addresses = [address for visitor in visitors for address in visitor.addresses]
    meant = await ledger.meant(site.url, site.keys, addresses)
    said = shown(visitors, meant, kills)
    await _receipts_are_real(site.url, site.keys, visitors)
    assert (kept.lost, kept.twice, kept.out_of_order, said.unsaid) == (0, 0, 0, 0), (kept, said)
    return kept, said


def shown(visitors: Iterable[Visitor], meant: Mapping[Address, Sequence[Outgoing]], kills: Sequence[float]) -> Screens:
    """Compares what stood on the screens of browsers with what was meant, and was committed; see `screens`."""
    messages, unsaid, lives = 0, 0, Counter[tuple[int, int]]()
    for number, visitor in enumerate(visitors):
        wanted = [said.plain(VALUES) for address in visitor.addresses for said in meant[address]]
        first, again = _in_order(visitor, wanted)
        messages, unsaid = messages + len(wanted), unsaid + len(wanted) - first
        lives += Counter((number, bisect(kills, at)) for at in again)
    assert [number for number, life in lives if life == 0] == [], "shown again though nothing had happened"
    return Screens(messages, unsaid, lives.total(), max(lives.values(), default=0))


def _in_order(visitor: Visitor, wanted: Sequence[str]) -> tuple[int, list[float]]:
    """How much of what was wanted was shown, in that order, and when something of it was shown again.

    Before consent nothing is kept, and what is said then is meant by no row. Whatever else was shown is a fault.
    """
    at, again = 0, []
    for moment, words in visitor.heard:
        if at < len(wanted) and words == wanted[at]:
            at += 1
        elif words in wanted[max(at - UNSEEN, 0) : at]:
            again.append(moment)
        else:
            assert words in visitor.doorway, f"{visitor.address} saw {words!r} and not {wanted[at : at + 1]}"
    return at, again


async def _receipts_are_real(url: str, keys: KeyRing, visitors: Iterable[Visitor]) -> None:
    database = await open_database(url, read_only=True)
    try:
        async with database.reading() as work:
            for visitor in visitors:
                assert visitor.receipts.keys() == {story.title for story in visitor.told}
                for title, receipt in visitor.receipts.items():
                    story = await stories.find(work, keys, receipt)
                    assert story, "a receipt leads to no story"
                    assert [part.text for part in story.answer("titel").parts] == [title]
    finally:
        await database.close()


def _in_telegram(said: Iterable[Outgoing]) -> Iterator[str]:
    """As it stands in calls of the Bot API."""
    return (message.text for waiting in said for message in render(waiting))


def in_stories(export: Path, residents: Iterable[Teller]) -> Kept:
    """Compares the stories of an export with those that were sent: each has a title of its own."""
    rows = _rows(export / "verhalen.csv")
    titles = Counter(row["titel"] for row in rows)
    found = {row["titel"]: row for row in rows}
    names = {row["verhaal_id"]: row["titel"] for row in rows}
    answers = {(names[row["verhaal_id"]], row["vraag"]): row["label"] for row in _rows(export / "antwoorden.csv")}
    sent = [story for resident in residents for story in resident.told]
    wanted = {story.title for story in sent}
    assert titles.keys() == wanted, f"gone: {sorted(wanted - titles.keys())}; strange: {sorted(titles.keys() - wanted)}"
    total = Kept(twice=titles.total() - len(titles))
    for story in sent:
        labels = {question: answers[story.title, question] for question in story.labels}
        total += _compared(story.pieces, found[story.title]["verhaal"].split("\n")) + _chosen(story, labels)
    return total


async def in_drafts(url: str, keys: KeyRing, residents: Iterable[Teller]) -> Kept:
    """Compares the drafts in a database with the stories that were not sent."""
    total = Kept()
    database = await open_database(url, read_only=True)
    try:
        async with database.reading() as work:
            for resident in residents:
                draft = await interviews.load(work, keys, resident.address)
                total += _compared(resident.telling.pieces if resident.telling else [], _words(draft))
    finally:
        await database.close()
    return total


def screens(calls: Iterable[Call], meant: Mapping[int, Sequence[str]], kills: Sequence[float]) -> Screens:
    """Compares the messages that Telegram took with those that were meant, chat by chat; `kills` are the moments."""
    sent: dict[int, list[Call]] = {chat: [] for chat in meant}
    for call in calls:
        if call.method == "sendMessage" and call.chat_id in sent and not call.fault:
            sent[call.chat_id].append(call)
    again = {chat: _repeats(sent[chat], wanted) for chat, wanted in meant.items()}
    lives = Counter((chat, bisect(kills, call.at)) for chat, calls_again in again.items() for call in calls_again)
    assert [chat for chat, life in lives if life == 0] == [], "said again though nothing had happened"
    unsaid = sum(len(wanted) - len(sent[chat]) + len(again[chat]) for chat, wanted in meant.items())
    return Screens(sum(map(len, meant.values())), unsaid, lives.total(), max(lives.values(), default=0))


def _repeats(sent: Sequence[Call], wanted: Sequence[str]) -> list[Call]:
    """The calls that said once more what was said last. Whatever else was said, or in another order, is a fault."""
    at, again = 0, []
    for call in sent:
        if at < len(wanted) and call.params["text"] == wanted[at]:
            at += 1
        else:
            assert at, f"chat {call.chat_id} heard first: {call.params['text']!r}"
            assert call.params["text"] == wanted[at - 1], (
                f"chat {call.chat_id} heard {call.params['text']!r} and not {wanted[at : at + 1]}"
            )
            again.append(call)
    return again


def _compared(told: Sequence[str], kept: Sequence[str]) -> Kept:
    """Pieces of words; no two of them are told alike."""
    counted = Counter(kept)
    assert counted.keys() <= set(told), "something is kept that nobody told"
    once = list(dict.fromkeys(kept))
    wanted = [piece for piece in told if piece in counted]
    wrong = sum(1 for one, other in zip(once, wanted, strict=True) if one != other)
    return Kept(len(told), len(told) - len(counted), counted.total() - len(counted), wrong)


def _chosen(story: Told, labels: Mapping[str, str]) -> Kept:
    return Kept(len(labels) + 1, lost=sum(1 for question, label in story.labels.items() if labels[question] != label))


def _words(draft: Interview | None) -> list[str]:
    return [part.text for part in draft.answer("verhaal").parts] if draft else []


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
