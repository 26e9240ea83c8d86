"""Any conversation at all: moves that a teller and a channel can make, and the world that they lead through.

The world does with a step what the corridor does, without a database: it keeps the draft, the stories and the screen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from hypothesis import strategies as st

from dialogs.clean import clean_text
from dialogs.engine import step
from dialogs.events import Chosen, Command, Commanded, Edited, Event, Fresh, Looked, Opened, Said, Showed
from dialogs.interview import Interview, Status
from dialogs.prompt import prompt
from dialogs.receipts import ALPHABET
from dialogs.replies import AskTap, Button, DoorTap, Offer, PlainTap, Purpose, ReceiptRequest, Step, Tap
from tests.dialogs.situations import AT, STORY, asked
from tests.dialogs.test_understand import CASES
from tests.talk.world import library

SETS = tuple(sorted({item.id for item in library().sets.values()}))
LINKS = ("", "b-noord-huis", "m-2", "p-x", "q-onbekend", "b", "te lang " * 9, "ë-1", "b-a:b", "é" * 32)
SHOWN = ("INV.sticker", "INV.foto", "INV.spraak_uit", "INV.bestand")
TELLINGS = (
    STORY,
    "Zij heeft mij geholpen met de brieven.",
    "Toen",
    "ja en nee",
    "De brief",
    "*vet* {titel} _onder_ <b>",
    "K7P-M4T-X9R",
    "woord " * 2000,
)


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

    before: Interview | None
    screen: tuple[Button, ...]
    event: Event
    taken: Step


@dataclass
class World:
    """One chat: its draft, its screen, what was ever shown, and the stories that were sent from it."""

    interview: Interview | None = None
    screen: tuple[Button, ...] = ()
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
        before, screen = self.interview, self.screen
        taken = step(library(), before, event)
        self.screen = taken.screen(screen)
        self.ever += [button.tap for reply in taken.replies for button in reply.buttons]
        self.interview = taken.interview
        if taken.interview and taken.interview.status is not Status.OPEN:
            self.interview = None
        if taken.interview and taken.interview.status is Status.SENT:
            self.stories[event.fresh.receipt] = taken.interview
        return Turn(before, screen, event, taken)

    def _event(self, move: Move) -> Event:
        ids, number = self._fresh(), str(next(self.numbers))
        match move.kind:
            case "open":
                return Opened(at=AT, channel="test", fresh=ids, link=LINKS[move.n % len(LINKS)], question_set=move.text)
            case "say" | "code":
                text = next(iter(self.stories), "K7PM4TX9R") if move.kind == "code" else clean_text(move.text)
                note = "INV.foto_tekst" if move.n == 0 else ""
                self.typed.append(number)
                return Said(at=AT, channel="test", fresh=ids, text=text, message=number, note=note, screen=self.screen)
            case "edit":
                message, text = self.typed[move.n % len(self.typed)], clean_text(move.text)
                return Edited(at=AT, channel="test", fresh=ids, text=text, message=message)
            case "command":
                command = tuple(Command)[move.n % len(Command)]
                return Commanded(at=AT, channel="test", fresh=ids, command=command, rest=move.text, screen=self.screen)
            case "show":
                return Showed(at=AT, channel="test", fresh=ids, text_id=SHOWN[move.n % len(SHOWN)])
            case _:
                return Chosen(at=AT, channel="test", fresh=ids, tap=self._tap(move))

    def _tap(self, move: Move) -> Tap:
        if move.tap:
            return move.tap
        if move.kind == "old" and self.ever:
            return self.ever[move.n % len(self.ever)]
        buttons = self._open_buttons() or (Button("", PlainTap("nog")),)
        return buttons[move.n % len(buttons)].tap

    def _open_buttons(self) -> tuple[Button, ...]:
        return prompt(library(), self.interview).buttons if self.interview else self.screen

    def _lookup(self, request: ReceiptRequest) -> Looked:
        found = self.stories.get(request.receipt)
        if found and request.purpose is Purpose.WITHDRAW:
            del self.stories[request.receipt]
        return Looked(at=AT, channel="test", fresh=self._fresh(), request=request, found=found)

    def _fresh(self) -> Fresh:
        number = next(self.numbers)
        receipt = "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(9))
        return Fresh(f"{number:06d}-interview", f"{number:06d}-teller", f"{number:06d}-story", receipt)


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
)
_TYPED = st.one_of(st.sampled_from([typed for _, _, typed in CASES]), st.sampled_from(TELLINGS), st.text(max_size=40))
_RESTS = st.sampled_from(["", "", "b-noord", "K7PM4TX9R"])
_TEXTS = {"say": _TYPED, "edit": _TYPED, "command": _RESTS, "open": st.sampled_from(["", "", *SETS])}
_KINDS = ["press"] * 8 + ["say"] * 5 + ["old", "foreign", "edit", "command", "command", "open", "show", "code"]
_DEPTHS = [0, 1, 2, 3, 6, 10, 11, 12, 12, 12]
_FIRST = {"story": Move("say", text=STORY), "open": Move("say", text="De brief")}


@st.composite
def walks(draw: st.DrawFn) -> list[Turn]:
    """The turns of any conversation that begins in an empty world, most of them some way into an interview."""
    world = World()
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
