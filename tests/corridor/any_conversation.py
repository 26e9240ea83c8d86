"""Any conversation as a machine of rules: whatever a teller, a channel, time and a restart can do, in any order."""

import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from dialogs.asides import STOP, is_final
from dialogs.clean import clean_text
from dialogs.events import Blocked, Chosen, Edited, Event, Opened, Said, Showed
from dialogs.interview import Interview
from dialogs.path import current
from dialogs.prompt import prompt
from dialogs.questions import Question
from dialogs.receipts import spelled
from dialogs.replies import AgainTap, AskTap, DoorTap, Offer, PlainTap, Tap
from dialogs.taps import decode, encode
from dialogs.texts import fingerprint
from storage.secrets import KeyRing
from tests.corridor.chats import Chat, Turn
from tests.corridor.sayings import (
    ABROAD,
    AGES,
    CRISES,
    LONG,
    LONGEST,
    NO_RECEIPTS,
    NUMBERS_OF_PERSONS,
    PERSONAL,
    PICTURES_AND_LINKS,
    QUESTIONS,
    SAYINGS,
    STORIES,
    STORY,
    TITLES,
    with_bird,
)
from tests.corridor.tally import Tally
from tests.corridor.town import Town
from tests.talk.script import SHOWN
from tests.talk.world import library

STARTS = (
    datetime(2026, 3, 2, 10, tzinfo=UTC),
    datetime(2026, 3, 26, 17, 50, tzinfo=UTC),
    datetime(2026, 10, 23, 3, tzinfo=UTC),
    datetime(2026, 12, 30, 22, tzinfo=UTC),
)
"""Also days before the clock is put forward and back (29 March and 25 October 2026)."""

LANGUAGES = ("", "nl", "en", "tr", "ar", "pl", "es", "fr", "de", "pt-br", "uk")
WELL_MADE = ("b-noord-huis", "h-1", "m-2", "p-zuid-x", "h-oost", "h-x")
LINKS = ("", *WELL_MADE, "q-onbekend", "b", "te lang " * 9, "ë-1", "abcdefgh23")
WAYS = ("link", "link", "typed", "bewoner", "medewerker", "professional", "onbekend")
NO_WORDS = tuple(sorted(set(SHOWN.values())))
SLASHED = (
    *("start", "hulp", "pauze", "stop", "verwijderen", "privacy", "contact", "nood", "leegmaken", "wissen", "terug"),
    *("verder", "overslaan", "overslaan", "klaar", "onzin", "START", "help"),
)
BEHIND = ("", "", "", " en nog iets met een {vogel}", " b-noord-huis", " K7PM4TX9R")
MANNERS = ("", "", "", "forwarded", "late", "caption", "album")
TOLD = (STORY, f"{STORY} Mevrouw Jansen belde later.", f"{STORY} Ik belde 06 12345678.")
TIMES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 50, 3 * 60, 9 * 60, 16 * 60, 25 * 60, 49 * 60, 145 * 60, 8 * 24 * 60)
)
OFTEN = 2
UNTITLED = 25
"""Of the thirty numbers those that leave a story without a title."""

NEAR = 4
"""Moves in which most come from the door to the first question."""

FAR = 25
"""Moves in which anybody can come from anywhere to the review."""

DAYPART, DAYPARTS, A_DAY = timedelta(hours=9), 18, 4
"""As long as a day on which somebody may be written to; so many that a draft has a few hours left, or a day went by."""

RUSH = 22
"""Messages within a minute that are more than can be answered."""

CHATS = 3
WHO = st.sampled_from((0, 0, 0, 0, 1, 1, 2))
NUMBER = st.integers(0, 30)
WORDS = st.one_of(st.sampled_from(SAYINGS), st.sampled_from(SAYINGS), st.text(max_size=20))

_OF_QUESTIONS = ("gevoel", "verhaal", "nakijken", f"@{STOP}", "@ALG.pauze", "@CRISIS", "@INV.doorgestuurd", "")
_OPTIONS = ("ja", "weg", "verstuur_wel", "klaar", "blij", "nieuw", "nood", "")
_NAMES = (
    *("nog", "weg", "ja", "zien", "nee", "kwijt", "nieuw", "vreemd", "klaar", "volgende", "leeg", "leeg_ja", "wis"),
    "leeg_nee",
)
_RESTS = ("", "K7PM4TX9R", "12", "b-noord", "vreemd")
_THREADS = ("", "vreemd", "d4e5f6teller")
_MARKS = ("", "00000000", *(fingerprint(library().text(name).text) for name in ("ALG.toestemming", "HELP.toestemming")))
_OFFERS = st.builds(
    Offer,
    st.sampled_from(("b", "m", "p", "z", "")),
    st.integers(0, 2),
    st.sampled_from(("", "bewoner", "buurtteam", "gemeente")),
    st.sampled_from(_MARKS),
    st.sampled_from(("", "b-noord-huis", "x" * 32)),
)
FORGED: st.SearchStrategy[Tap] = st.one_of(
    st.builds(
        AskTap,
        st.sampled_from(("", "000000", "own")),
        st.sampled_from(_OF_QUESTIONS),
        st.sampled_from(_OPTIONS),
        st.sampled_from(_THREADS),
    ),
    st.builds(
        DoorTap,
        st.sampled_from(("r", "t", "h", "u", "v", "x", "")),
        st.sampled_from(("ja", "nee", "uitleg", "jong", "samen", "bewoner", "helper", "x")),
        _OFFERS,
    ),
    st.builds(
        AgainTap,
        st.sampled_from(_THREADS[1:]),
        _OFFERS,
        st.sampled_from((0, 2252, 10**6)),
        st.sampled_from((("",), ("1", "-"), ("9",))),
    ),
    st.builds(PlainTap, st.sampled_from(_NAMES), st.sampled_from(_RESTS)),
)


class AnyConversation(RuleBasedStateMachine):
    """Chats beside each other in one town; each rule is one thing that may happen in any state."""

    keys: ClassVar[KeyRing]
    tally: ClassVar[Tally]
    place: ClassVar[Path]
    town: Town

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=self.place))
        self.hasty = False
        self.reviewed = 0

    @initialize(
        start=st.sampled_from(STARTS),
        languages=st.lists(st.sampled_from(LANGUAGES), min_size=CHATS, max_size=CHATS),
        hasty=st.sampled_from((False, False, True)),
    )
    def begins(self, start: datetime, languages: list[str], hasty: bool) -> None:
        self.hasty = hasty
        self.town = Town(self.folder, self.keys, self.tally, start, languages)

    def teardown(self) -> None:
        try:
            self.town.close()
        finally:
            shutil.rmtree(self.folder)

    # What a teller does.

    @rule(one=st.tuples(WHO, NUMBER))
    def answers(self, one: tuple[int, int]) -> None:
        """The rule that comes first, so that the simplest conversation of all is a whole one."""
        town, chat = self._here(one[0], "answers")
        town.happens(chat, self._onward(chat, one[1]))

    @rule(who=WHO, n=NUMBER, times=st.integers(2, 4))
    def answers_a_few(self, who: int, n: int, times: int) -> None:
        town, chat = self._here(who, "answers_a_few")
        for more in range(times):
            town.happens(chat, self._onward(chat, n + more))

    @precondition(lambda self: self.reviewed < OFTEN)
    @rule(
        who=WHO,
        n=NUMBER,
        by=st.sampled_from(("", "", "medewerker", "professional")),
        then=st.sampled_from(("sends", "sends", "changes", "changes", "retells", "waits")),
    )
    def comes_to_the_review(self, who: int, n: int, by: str, then: str) -> None:
        """A few times in a conversation: it is many updates. Whoever tells nothing yet may come by a set."""
        self.reviewed += 1
        town, chat = self._here(who, "comes_to_the_review")
        if by and chat.draft is None:
            town.happens(chat, Opened(**town.now(chat), question_set=by))
        for more in range(FAR):
            if _is_at_review(chat):
                break
            town.happens(chat, self._onward(chat, n + more))
        if then == "sends" and _is_at_review(chat):
            town.happens(chat, self._onward(chat, n % 2))
            town.happens(chat, self._chosen(chat, chat.screen[n % len(chat.screen)]))
        if then == "changes" and _is_at_review(chat):
            self._change(chat, n)
        if then == "retells" and _is_at_review(chat):
            self._retell(chat, sure=n % 2 == 0)

    @rule(who=WHO, words=st.sampled_from((*STORIES, *STORIES, *PICTURES_AND_LINKS, *LONG)), n=NUMBER)
    def tells_a_story(self, who: int, words: str, n: int) -> None:
        """Who has just come in comes to the question for a story first; what is long is said twice."""
        _, chat = self._here(who, "tells_a_story")
        self._come_to_a_question(chat, n)
        for _ in range(2 if words in LONG else 1):
            self._say(chat, words)

    @rule(n=NUMBER, m=NUMBER)
    def two_answer_at_once(self, n: int, m: int) -> None:
        town, chat = self._here(0, "two_answer_at_once")
        other = town.chats[1]
        town.happen_at_once((chat, self._onward(chat, n)), (other, self._onward(other, m)))

    @rule(who=WHO, n=NUMBER)
    def presses(self, who: int, n: int) -> None:
        town, chat = self._here(who, "presses")
        taps = chat.screen
        town.happens(chat, self._chosen(chat, taps[n % len(taps)]) if taps else self._onward(chat, n))

    @rule(who=WHO, n=st.integers(0, 400))
    def presses_an_old_button(self, who: int, n: int) -> None:
        town, chat = self._here(who, "presses_an_old_button")
        taps = chat.ever
        town.happens(chat, self._chosen(chat, taps[n % len(taps)]) if taps else self._onward(chat, n))

    @rule(who=WHO, tap=FORGED)
    def forges_a_button(self, who: int, tap: Tap) -> None:
        town, chat = self._here(who, "forges_a_button")
        if isinstance(tap, AskTap) and tap.tag == "own" and chat.draft:
            tap = AskTap(chat.draft.tag, tap.question, tap.option, tap.thread)
        carried = decode(encode(tap)) or PlainTap("vreemd")
        town.happens(chat, self._chosen(chat, carried))

    @rule(who=WHO, n=NUMBER, thread=st.sampled_from(_THREADS))
    def forges_a_thread(self, who: int, n: int, thread: str) -> None:
        """A button that is asked now, with a teller of somebody else in it."""
        town, chat = self._here(who, "forges_a_thread")
        event = self._onward(chat, n)
        if isinstance(event, Chosen) and isinstance(event.tap, AskTap):
            event = replace(event, tap=replace(event.tap, thread=thread))
        town.happens(chat, event)

    @rule(who=WHO, link=st.sampled_from(LINKS), way=st.sampled_from(WAYS), n=st.integers(0, 5))
    def comes_in(self, who: int, link: str, way: str, n: int) -> None:
        """By a link, typed or not, or by a set; then presses one of the buttons, or not."""
        town, chat = self._here(who, "comes_in")
        if way == "typed":
            self._say(chat, f"/start {link}")
        elif way == "link":
            town.happens(chat, Opened(**town.now(chat), link=link))
        else:
            town.happens(chat, Opened(**town.now(chat), question_set=way))
        if n and chat.screen:
            town.happens(chat, self._chosen(chat, chat.screen[(n - 1) % len(chat.screen)]))

    @rule(who=WHO, words=st.sampled_from((*STORIES, *TITLES, *ABROAD, *CRISES, *PERSONAL)))
    def tells(self, who: int, words: str) -> None:
        _, chat = self._here(who, "tells")
        self._say(chat, words)

    @rule(who=WHO, words=st.sampled_from((*QUESTIONS, *QUESTIONS, *AGES, *PICTURES_AND_LINKS, *NUMBERS_OF_PERSONS)))
    def says_what_is_no_story(self, who: int, words: str) -> None:
        _, chat = self._here(who, "says_what_is_no_story")
        self._say(chat, words)

    @rule(who=WHO, n=NUMBER, slip=st.booleans())
    def types_a_button(self, who: int, n: int, slip: bool) -> None:
        """Its label, or that with a letter that is held down."""
        _, chat = self._here(who, "types_a_button")
        labels = chat.labels or ("ja",)
        label = labels[n % len(labels)]
        self._say(chat, f"{label}{label[-1]}" if slip else label)

    @rule(who=WHO, words=WORDS, manner=st.sampled_from(MANNERS))
    def says(self, who: int, words: str, manner: str) -> None:
        _, chat = self._here(who, "says")
        self._say(chat, words, manner)

    @rule(who=WHO, name=st.sampled_from(SLASHED), rest=st.sampled_from(BEHIND))
    def commands(self, who: int, name: str, rest: str) -> None:
        _, chat = self._here(who, "commands")
        self._say(chat, f"/{name}{rest}")

    @rule(who=WHO, times=st.sampled_from((1, 2, 4)))
    def goes_back(self, who: int, times: int) -> None:
        _, chat = self._here(who, "goes_back")
        for _ in range(times):
            self._say(chat, "terug")

    @rule(who=WHO, n=NUMBER, words=WORDS)
    def edits(self, who: int, n: int, words: str) -> None:
        town, chat = self._here(who, "edits")
        message = chat.typed[-1 - n % len(chat.typed)]
        town.happens(chat, Edited(**town.now(chat), text=self._words(words), message=message))

    @rule(who=WHO, what=st.sampled_from(NO_WORDS), album=st.sampled_from(("", "", "album")))
    def shows(self, who: int, what: str, album: str) -> None:
        town, chat = self._here(who, "shows")
        message = str(next(chat.messages))
        town.happens(chat, Showed(**town.now(chat), text_id=what, message=message, album=album))

    @rule(who=WHO, n=NUMBER, waits=st.sampled_from((0, 0, 0, 0, A_DAY, DAYPARTS)))
    def wants_to_be_reminded(self, who: int, n: int, waits: int) -> None:
        """And says nothing for a day or nearly a week, and then sends a picture; or goes on."""
        town, chat = self._here(who, "wants_to_be_reminded")
        self._say(chat, "/pauze")
        wanted = [tap for tap in chat.screen if isinstance(tap, AskTap) and tap.option == "herinner"]
        town.happens(chat, self._chosen(chat, wanted[0]) if wanted else self._onward(chat, n))
        for _ in range(waits if wanted else 0):
            town.time_passes(DAYPART)
        if waits:
            self.shows(who, "INV.sticker", "")

    @precondition(lambda self: self.hasty)
    @rule(who=WHO)
    def types_very_fast(self, who: int) -> None:
        """Once, in some conversations: it is many updates. Who has just come in comes to the first question first."""
        self.hasty = False
        town, chat = self._here(who, "types_very_fast")
        self._come_to_a_question(chat, 0)
        for _ in range(RUSH):
            self._say(chat, "en toen")
            town.clock.wait(-timedelta(seconds=5))

    # What a teller can count on.

    @rule(who=WHO, sure=st.booleans())
    def stops(self, who: int, sure: bool) -> None:
        _, chat = self._here(who, "stops")
        began = chat.draft is not None
        turn = self._say(chat, "/stop")
        if not began:
            assert _texts(turn) == {library().text("ALG.geen_concept").text}
            return
        assert chat.draft
        assert chat.draft.aside == STOP
        if sure:
            gone = self._say(chat, "ja")
            assert gone.after is None
            assert library().text("ALG.gestopt").text in _texts(gone)

    @rule(who=WHO)
    def asks_for_help(self, who: int) -> None:
        _, chat = self._here(who, "asks_for_help")
        for command, text_id in (("/hulp", "ALG.hulp"), ("/nood", "CRISIS")):
            turn = self._say(chat, command)
            assert library().text(text_id).text in _texts(turn), turn.said

    @rule(who=WHO, link=st.sampled_from(WELL_MADE), helps=st.booleans())
    def wants_an_explanation(self, who: int, link: str, helps: bool) -> None:
        """At the door, also as somebody who helps: then there is one thing more to know."""
        town, chat = self._here(who, "wants_an_explanation")
        town.happens(chat, Opened(**town.now(chat), link=link))
        for option in ("samen", "uitleg") if helps else ("uitleg",):
            for tap in [tap for tap in chat.screen if isinstance(tap, DoorTap) and tap.option == option]:
                town.happens(chat, self._chosen(chat, tap))

    @precondition(lambda self: bool(self.town.sent))
    @rule(who=WHO, n=NUMBER, reads=st.booleans(), then=st.sampled_from(("taps", "types", "leaves")))
    def takes_a_story_back(self, who: int, n: int, reads: bool, then: str) -> None:
        """Anybody who has the receipt, in any chat and in any state; or leaves it after all."""
        town, chat = self._here(who, "takes_a_story_back")
        receipt = list(town.sent)[n % len(town.sent)]
        found = self._say(chat, f"/verwijderen {spelled(receipt)}")
        if library().text("ALG.code_wacht").text in _texts(found):
            town.tally.ends["held"] += 1
            return
        assert PlainTap("ja", receipt) in chat.screen, found.said
        if reads:
            read = town.happens(chat, self._chosen(chat, PlainTap("zien", receipt)))
            assert library().text("ALG.inzage").text in _texts(read)
        answer, text_id = ("nee", "ALG.laten_staan") if then == "leaves" else ("ja", "ALG.verwijderd")
        typed = then == "types"
        turn = self._say(chat, answer) if typed else town.happens(chat, self._chosen(chat, PlainTap(answer, receipt)))
        assert library().text(text_id).text in _texts(turn)
        assert (receipt in town.sent) == (then == "leaves")
        if reads:
            town.time_passes(timedelta())

    @rule(who=WHO, times=st.sampled_from((1, 1, 1, 2, 6)))
    def guesses_codes(self, who: int, times: int) -> None:
        _, chat = self._here(who, "guesses_codes")
        for n in range(times):
            self._say(chat, f"/verwijderen {NO_RECEIPTS[n % len(NO_RECEIPTS)]}")

    # What a channel, the time and the operator do.

    @rule(who=WHO, n=NUMBER)
    def comes_again(self, who: int, n: int) -> None:
        town, chat = self._here(who, "comes_again")
        known = town.may_come_again(chat)
        if known:
            town.happens_again(known[-1 - n % len(known)])
        else:
            town.happens(chat, self._onward(chat, n))

    @rule(time=st.sampled_from(TIMES))
    def time_passes(self, time: timedelta) -> None:
        town, _ = self._here(0, "time_passes")
        town.time_passes(time)

    @rule(who=WHO, what=st.sampled_from(("blocked", "line", "restarted", "opened again", "over")))
    def something_befalls(self, who: int, what: str) -> None:
        """The teller blocks the bot, the line is lost or found, the process starts again, or the study is over."""
        town, chat = self._here(who, "something_befalls")
        match what:
            case "blocked":
                town.happens(chat, Blocked(**town.now(chat)))
            case "line":
                chat.reachable = not chat.reachable
            case "over":
                town.restarts(reopened=False, is_open=not town.intake.library.terms.open)
            case _:
                town.restarts(reopened=what == "opened again", is_open=True)

    # How.

    def _here(self, who: int, name: str) -> tuple[Town, Chat]:
        self.tally.rules[name] += 1
        return self.town, self.town.chats[who]

    def _say(self, chat: Chat, words: str, manner: str = "") -> Turn:
        text, message = self._words(words), str(next(chat.messages))
        chat.typed.append(message)
        note = "INV.foto_tekst" if manner in ("caption", "album") else ""
        album = "album" if manner == "album" else ""
        now = {**self.town.now(chat), "late": manner == "late"}
        forwarded = manner == "forwarded"
        said = Said(**now, text=text, message=message, note=note, album=album, forwarded=forwarded)
        return self.town.happens(chat, said)

    def _come_to_a_question(self, chat: Chat, n: int) -> None:
        for more in range(NEAR):
            if chat.draft is None:
                self.town.happens(chat, self._onward(chat, n + more))

    def _change(self, chat: Chat, n: int) -> None:
        """From the review to what can be changed, and then any buttons."""
        assert chat.draft
        self.town.happens(chat, self._chosen(chat, AskTap(chat.draft.tag, "nakijken", "veranderen")))
        for place in (n, n // 4, n // 12):
            self.town.happens(chat, self._chosen(chat, chat.screen[place % len(chat.screen)]))

    def _retell(self, chat: Chat, *, sure: bool) -> None:
        """From the review to whether the story may go; it goes where the teller is `sure`."""
        for option in ("veranderen", "verhaal", "opnieuw", "ja" if sure else "nee"):
            [tap] = [tap for tap in chat.screen if isinstance(tap, AskTap) and tap.option == option]
            self.town.happens(chat, self._chosen(chat, tap))

    def _words(self, words: str) -> str:
        return clean_text(with_bird(words, next(self.town.birds))[:LONGEST])

    def _chosen(self, chat: Chat, tap: Tap) -> Event:
        return Chosen(**self.town.now(chat), tap=tap)

    def _onward(self, chat: Chat, n: int) -> Event:
        """The first sensible thing to do, where there are several one of them."""
        if chat.draft is None:
            taps = [tap for tap in chat.screen if _leads_on(tap)]
            return self._chosen(chat, taps[n % len(taps)]) if taps else self._entering(chat, n)
        question = _question(chat.draft)
        words = {"story": TOLD[n % len(TOLD)], "open": "De brief van de {vogel}"}.get(question.kind, "")
        if chat.draft.aside or not words or chat.draft.answer(question.id).parts:
            return self._chosen(chat, _sensible(chat.draft, n))
        if question.kind == "open" and n > UNTITLED:
            return self._chosen(chat, _sensible(chat.draft, n))
        message = str(next(chat.messages))
        chat.typed.append(message)
        return Said(**self.town.now(chat), text=self._words(words), message=message)

    def _entering(self, chat: Chat, n: int) -> Event:
        return Opened(**self.town.now(chat), link=LINKS[n % len(LINKS)])


def _question(draft: Interview) -> Question:
    return current(library().of(draft), draft)


def _is_at_review(chat: Chat) -> bool:
    return chat.draft is not None and chat.draft.aside is None and _question(chat.draft).kind == "review"


def _leads_on(tap: Tap) -> bool:
    match tap:
        case DoorTap(option=option):
            return option not in ("nee", "uitleg", "jong", "niet_erbij", "nood", "mens", "verder")
        case AgainTap() | PlainTap("volgende" | "klaar"):
            return True
        case _:
            return False


def _sensible(draft: Interview, n: int) -> Tap:
    """A button that goes on: any that throws nothing away."""
    asked = [button.tap for button in prompt(library(), draft).buttons if isinstance(button.tap, AskTap)]
    kept = [tap for tap in asked if tap.option != "weg" and not is_final(draft.aside or "", tap.option)]
    return kept[n % len(kept)]


def _texts(turn: Turn) -> set[str]:
    return {reply.template for reply in turn.said}
