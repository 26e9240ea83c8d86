"""What a teller has said so far: an interview with its answers; frozen, knows no event, no rule and no file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

FORWARDED = "INV.doorgestuurd"
"""The aside that stands open for as long as words wait."""


class Status(StrEnum):
    """Where an interview stands. Only an open one is kept as a draft."""

    OPEN = "open"
    SENT = "sent"
    DROPPED = "dropped"


CUT_AT = 4096
"""Characters at which Telegram's apps cut a message that has no space to cut at (Bot API: text of 0-4096)."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message of words. `message` is the channel's id of it, "" where it has none: an edit finds its part by it."""

    text: str
    message: str = ""

    @property
    def seam(self) -> str:
        """What comes between this message and the next: nothing where an app cut one in two, within a word."""
        return "" if len(self.text) == CUT_AT else "\n"


FROM_LINK = "link"
"""An answer that the link told: its place."""

FROM_BEFORE = "eerder"
"""An answer about the teller that came along from the story before."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is kept for one question.

    `parts` are the answer to a question for words, and a remark beside the button of a closed one. `prompt` is the
    slug of the prompt that a story was told to, `followed_up` how many parts it had when more was asked (0: not
    asked). An answer that is not `done` is being given or given again. `carried` says where an answer came from that
    was not given here: `FROM_LINK` or `FROM_BEFORE`, "" for one that was.
    """

    question: str
    option: str | None = None
    skipped: bool = False
    prompt: str | None = None
    followed_up: int = 0
    parts: tuple[Part, ...] = ()
    done: bool = False
    carried: str = ""

    @property
    def text(self) -> str:
        """All words, a line break between two messages; none where an app cut one message in two, within a word."""
        last = len(self.parts) - 1
        return "".join(part.text + (part.seam if at < last else "") for at, part in enumerate(self.parts))

    @property
    def seam(self) -> str:
        """What comes between these words and the next message."""
        return self.parts[-1].seam if self.parts else ""


@lru_cache(maxsize=1024)
def _unanswered(question: str) -> Answer:
    """The empty answer to a question, of which there are few: it is asked for far more often than answered."""
    return Answer(question)


@dataclass(frozen=True, slots=True)
class Consent:
    """Proof of consent: the text on the screen (its id, a fingerprint of its words) and when "ja" was said."""

    text: str
    fingerprint: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Language:
    """What a story is written in: a code ("" where nobody knows), how sure that is in percent, and what told it.

    `source`: the app of the teller, the script, or the words. `certainty` is None where it was not measured.
    """

    code: str = ""
    certainty: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A helper with several tellers in a row: the code of it, in which role somebody helps, never who.

    `own_team`: whether the helper works for the team that the story is about; None where that was not said.
    """

    code: str
    helper: str = ""
    own_team: bool | None = None


@dataclass(frozen=True, slots=True)
class Interview:
    """A draft: what one teller has said so far, pinned to one version of one question set.

    The question to ask is never stored: it follows from the answers. `aside` is the text id of a question about the
    conversation itself ("Wilt u stoppen?") that stands open, `about` what it is about (a link, a message); `waiting`
    are words that were passed on and may be the teller's own, as long as that is not answered;
    `voluntary` whether the teller wants the extra block; `quote` whether a piece of the story may stand in a report,
    None until it is sent. `helped`: somebody else reads aloud and types. `remind`: the teller wants a message after a
    pause. `told` are the ids of what is said once for every story and was said; `language` is known when it is sent.
    `visit`: told to a helper who goes from one teller to the next. `test`: told by a link that is to try it out.
    """

    id: str
    teller: str
    question_set: str
    version: int
    channel: str
    consent: Consent
    link: str | None = None
    role: str | None = None
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    voluntary: bool = False
    aside: str | None = None
    about: str = ""
    waiting: str = ""
    quote: bool | None = None
    status: Status = Status.OPEN
    helped: bool = False
    remind: bool = False
    told: frozenset[str] = frozenset()
    language: Language | None = None
    visit: Visit | None = None
    test: bool = False

    @property
    def tag(self) -> str:
        """A short mark in buttons: a button of an earlier story does nothing in this one."""
        return self.id[:6]

    def answer(self, question_id: str) -> Answer:
        """The answer to a question; an empty one where nothing was said."""
        return self.answers.get(question_id) or _unanswered(question_id)

    @property
    def parts(self) -> Iterator[Part]:
        """Every message of words, of whichever answer."""
        return (part for answer in self.answers.values() for part in answer.parts)

    def having(self, *answers: Answer) -> "Interview":
        """The interview with these answers in the place of what it had for their questions."""
        changed = {**self.answers, **{answer.question: answer for answer in answers}}
        return replace(self, answers=MappingProxyType(changed))

    def asking(self, aside: str | None, about: str = "") -> "Interview":
        """The interview with this aside before its question, or with none; words that wait are asked about again."""
        asked = aside or (FORWARDED if self.waiting else None)
        return self if (asked, about) == (self.aside, self.about) else replace(self, aside=asked, about=about)

    def ended(self, status: Status) -> "Interview":
        """The interview that is sent or dropped: nothing stands open any more, and no words wait."""
        return replace(self, waiting="", aside=None, about="", status=status)

    def telling(self, text_id: str) -> "Interview":
        """The interview in which this was said, once."""
        return replace(self, told=self.told | {text_id})

    def keeping(self, question_ids: set[str]) -> "Interview":
        """The interview without the answers to other questions than these."""
        kept = {key: answer for key, answer in self.answers.items() if key in question_ids}
        return self if len(kept) == len(self.answers) else replace(self, answers=MappingProxyType(kept))
