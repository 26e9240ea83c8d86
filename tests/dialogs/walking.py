"""Any conversation at all: moves that a teller and a channel can make, and the world that they lead through.

The world does with a step what the corridor does, without a database: it keeps the draft, the stories and the memory.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st

from dialogs.clean import clean_text
from dialogs.engine import step
from dialogs.events import (
    Blocked,
    Chosen,
    Command,
    Commanded,
    Edited,
    Event,
    Fresh,
    Looked,
    Opened,
    Said,
    Showed,
    Waited,
)
from dialogs.interview import Interview, Status
from dialogs.memory import Memory
from dialogs.prompt import prompt
from dialogs.receipts import ALPHABET
from dialogs.replies import AgainTap, AskTap, Button, DoorTap, Offer, PlainTap, Purpose, ReceiptRequest, Step, Tap
from tests.dialogs.situations import AT, STORY, asked
from tests.dialogs.test_understand import CASES
from tests.talk.world import library

SETS = tuple(sorted({item.id for item in library().sets.values()}))
LINKS = ("", "b-noord-huis", "m-2", "p-x", "h-noord", "q-onbekend", "b", "te lang " * 9, "ë-1", "b-a:b", "é" * 32)
SHOWN = ("INV.sticker", "INV.foto", "INV.spraak_uit", "INV.bestand")
NUMBER = "111222333"
"""What looks like the number of a person (BSN)."""

TELLINGS = (
    STORY,
    "Zij heeft mij geholpen met de brieven.",
    "Toen",
    "ja en nee",
    "De brief",
    "*vet* {titel} _onder_ <b>",
    "K7P-M4T-X9R",
    "woord " * 2000,
    f"Mijn BSN is {NUMBER}, zei ik aan de balie.",
    "Bel mij op 06 12345678, dan leg ik het uit.",
    "Ik wil niet meer leven.",
    "Ik heb nu hulp nodig",
    "Ik ben 12",
    "wie leest dit?",
    "https://example.org/klacht",
    "😀😀",
    "Buurtteam memurları bana çok yardım etti ve mektupları birlikte okuduk.",
    "verwijder alles",
)
WAITS = (timedelta(hours=3), timedelta(days=1), timedelta(days=6, hours=2), timedelta(days=8))
LANGUAGES = ("", "nl", "tr", "ar", "pt-br")


@dataclass(frozen=True)
class Move:
    """Something that happens, as far as it can be said without the world: `n` picks among what is there by then."""

    kind: str
    n: int = 0
    text: str = ""
    tap: Tap | None = None


@dataclass(frozen=True)
class Turn:
    """One event, and what came of it in the world: the draft before, the screen before, the step."""

    before: Interview | None = field(repr=False)
    screen: tuple[Button, ...] = field(repr=False)
    event: Event
    taken: Step = field(repr=False)


@dataclass
class World:
    """One chat: its draft, its screen, what was ever shown, and the stories that were sent from it."""

    interview: Interview | None = None
    memory: Memory = field(default_factory=Memory)
    now: datetime = AT
    since: datetime = AT
    language: str = ""
    ever: list[Tap] = field(default_factory=list)
    stories: dict[str, Interview] = field(default_factory=dict)
    typed: list[str] = field(default_factory=lambda: ["unknown"])
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def live(self, moves: Iterable[Move]) -> list[Turn]:
        """All turns that the moves lead to; a look-up that is asked for is a turn of its own."""
        turns: list[Turn] = []
        for move in moves:
            turns.append(self._turn(self._event(move)))
            request = turns[-1].taken.request
            if request:
                turns.append(self._turn(self._lookup(request)))
        return turns

    def _turn(self, event: Event) -> Turn:
        before, screen = self.interview, self.memory.screen
        seen = event if isinstance(event, Waited) else self.memory.seeing(event)
        taken = step(library(), before, seen)
        if not isinstance(event, Waited):
            self.memory, self.since = self.memory.after(seen, taken, before), event.at
        self.ever += [button.tap for reply in taken.replies for button in reply.buttons]
        self.interview = taken.interview
        if taken.interview and taken.interview.status is not Status.OPEN:
            self.interview = None
        if taken.interview and taken.interview.status is Status.SENT:
            self.stories[event.fresh.receipt] = taken.interview
        return Turn(before, screen, seen, taken)

    def _event(self, move: Move) -> Event:
        match move.kind:
            case "open":
                return Opened(**self._now(), link=LINKS[move.n % len(LINKS)], question_set=move.text)
            case "say" | "code" | "forward":
                return self._said(move)
            case "edit":
                message, text = self.typed[move.n % len(self.typed)], clean_text(move.text)
                return Edited(**self._now(), text=text, message=message)
            case "command":
                command = tuple(Command)[move.n % len(Command)]
                return Commanded(**self._now(), command=command, rest=move.text, screen=self.memory.screen)
            case "show":
                album = "album" if move.n % 3 == 0 else ""
                return Showed(**self._now(), text_id=SHOWN[move.n % len(SHOWN)], album=album)
            case "block":
                return Blocked(**self._now())
            case "wait":
                self.now += WAITS[move.n % len(WAITS)]
                return Waited(**self._now(), since=self.since)
            case _:
                return Chosen(**self._now(), tap=self._tap(move))

    def _said(self, move: Move) -> Said:
        text = next(iter(self.stories), "K7PM4TX9R") if move.kind == "code" else clean_text(move.text)
        note = "INV.foto_tekst" if move.n == 0 else ""
        number = str(next(self.numbers))
        self.typed.append(number)
        forwarded, late = move.kind == "forward", move.n == 1
        return Said(**self._now() | {"late": late}, text=text, message=number, note=note, forwarded=forwarded)

    def _now(self) -> dict[str, Any]:
        self.now += timedelta(seconds=1)
        return {"at": self.now, "channel": "test", "fresh": self._fresh(), "language": self.language}

    def _tap(self, move: Move) -> Tap:
        if move.tap:
            return move.tap
        if move.kind == "old" and self.ever:
            return self.ever[move.n % len(self.ever)]
        buttons = self._open_buttons() or (Button("", PlainTap("weg")),)
        return buttons[move.n % len(buttons)].tap

    def _open_buttons(self) -> tuple[Button, ...]:
        return prompt(library(), self.interview).buttons if self.interview else self.memory.screen

    def _lookup(self, request: ReceiptRequest) -> Looked:
        found = self.stories.get(request.receipt)
        if found and request.purpose is Purpose.WITHDRAW:
            del self.stories[request.receipt]
        return Looked(**self._now(), request=request, found=found)

    def _fresh(self) -> Fresh:
        number = next(self.numbers)
        drawn = "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(7))
        return Fresh(f"{number:06d}-interview", f"{number:06d}-teller", f"{number:06d}-story", f"{drawn}K7")


def telling(interview: Interview) -> bool:
    """Whether a story is being told, so that the chat may be silent: it has words, and nothing else stands open."""
    question = asked(interview)
    return question.kind == "story" and bool(interview.answer(question.id).parts) and interview.aside is None


_IDS = st.sampled_from(
    ["gevoel", "verhaal", "nakijken", "@ALG.stop", "@ALG.pauze", "ja", "weg", "verstuur_wel", "t", ""]
)
_OFFERS = st.builds(Offer, st.sampled_from(["", "b", "m", "z"]), st.integers(0, 3), st.sampled_from(["", "bewoner"]))
_FOREIGN: st.SearchStrategy[Tap] = st.one_of(
    st.builds(AskTap, st.sampled_from(["000001", "vreemd"]), _IDS, _IDS),
    st.builds(DoorTap, _IDS, _IDS, _OFFERS),
    st.builds(PlainTap, st.sampled_from(["nog", "weg", "ja", "zien", "nee", "kwijt", "nieuw", "vreemd"]), _IDS),
    st.builds(PlainTap, st.sampled_from(["volgende", "klaar", "leeg", "leeg_ja", "leeg_nee", "wis"]), _IDS),
    st.builds(AgainTap, st.just("vreemd"), _OFFERS, st.sampled_from([("",), ("1", "2"), ("999",), ("-", "-", "-")])),
)
_TYPED = st.one_of(st.sampled_from([typed for _, _, typed in CASES]), st.sampled_from(TELLINGS), st.text(max_size=40))
_RESTS = st.sampled_from(["", "", "b-noord", "K7PM4TX9R"])
_TEXTS = {"say": _TYPED, "forward": _TYPED, "edit": _TYPED, "command": _RESTS, "open": st.sampled_from(["", "", *SETS])}
_OTHER = ["old", "foreign", "edit", "command", "command", "open", "show", "code", "forward", "wait", "block"]
_KINDS = ["press"] * 9 + ["say"] * 6 + _OTHER
_DEPTHS = [0, 1, 2, 3, 6, 10, 11, 12, 12, 12]
_FIRST = {"story": Move("say", text=STORY), "open": Move("say", text="De brief")}


@st.composite
def walks(draw: st.DrawFn) -> list[Turn]:
    """The turns of any conversation that begins in an empty world, most of them some way into an interview."""
    world = World(language=draw(st.sampled_from(LANGUAGES)))
    turns = world.live([Move("open", text=draw(st.sampled_from(SETS)))])
    for _ in range(draw(st.sampled_from(_DEPTHS))):
        turns += world.live([_onward(world)])
    return turns + world.live(draw(st.lists(_moves(), min_size=5, max_size=30)))


@st.composite
def _moves(draw: st.DrawFn) -> Move:
    kind = draw(st.sampled_from(_KINDS))
    number = draw(st.integers(0, 40))
    return Move(kind, number, draw(_TEXTS.get(kind, st.just(""))), draw(_FOREIGN) if kind == "foreign" else None)


def _onward(world: World) -> Move:
    if world.interview is None or telling(world.interview):
        return Move("press")
    return _FIRST.get(asked(world.interview).kind, Move("press"))
