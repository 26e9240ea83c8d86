"""What a question set is: frozen models of the TOML files in `sets/`; knows no interview, no file and no channel.

A set that is in use is never edited, only followed by one with a higher `version`: an interview is pinned to the
version it began with, and the codes of its answers stay readable for ever.
"""

from collections.abc import Sequence
from typing import Annotated, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

LABEL_LIMIT = 28
"""Characters a button may hold before a small phone cuts it off (measured on Android with one button a row)."""

UNKNOWN = "weet_niet"
UNFIT = "past_niet"
CANNOT_SAY = {UNKNOWN: 888, UNFIT: 889}
"""Options with which a teller says that they cannot answer; the same code in every set, outside every scale."""

SKIP = "overslaan"
PAIR = "twee"

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,15}$")]
"""A question: it becomes a column of the exports, a name in SPSS and a part of a button (64 bytes in all)."""
Slug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{1,16}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Label = Annotated[Words, StringConstraints(max_length=LABEL_LIMIT)]
SoundFile = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,60}\.(?:mp3|ogg|m4a|wav)$")]
"""A file that stands beside the file of its set."""
Role = Literal["bewoner", "buurtteam", "organisatie", "gemeente"]
Share = Annotated[int, Field(ge=0, le=100)]


class Frozen(BaseModel):
    """A part of a set: unknown keys are refused and nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class When(Frozen):
    """Holds if an earlier question got one of `options` (slugs), and if the teller has one of the `roles`.

    With `helped` it holds only where somebody helps the teller (true), or only where nobody does (false).
    """

    question: Id | None = None
    options: tuple[Slug, ...] = ()
    roles: tuple[Role, ...] = ()
    helped: bool | None = None


class Option(Frozen):
    """One button: `id` names it in buttons and rows, `code` in exports, `label` on the screen.

    `words` are other ways to type it, `numbers` the bounds (both included) of numbers that mean it, such as an age.
    `leads_to` names a set that goes on in the place of this one.
    """

    id: Slug
    code: int
    label: Label
    words: tuple[Words, ...] = ()
    numbers: tuple[int, int] | None = None
    when: When | None = None
    leads_to: Id | None = None


class ScaleOption(Option):
    """A step of a scale; `value` runs from 0 to 100, absent where a teller cannot say."""

    value: Annotated[int, Field(ge=0, le=100)] | None = None


class TriadOption(Option):
    """A point of a triangle; `shares` of its three corners in whole percents, summing to 100."""

    shares: tuple[Share, Share, Share] | None = None


class Prompt(Frozen):
    """One way to ask for a story. With a `button` it is reached by that button only, else by "Een andere vraag"."""

    id: Slug
    code: int
    text: Words
    button: Label | None = None
    when: When | None = None


class FollowUp(Frozen):
    """Asked once, when a story is done but has fewer than `below` words."""

    below: Annotated[int, Field(gt=0)]
    text: Words
    button: Label


class Pair(Frozen):
    """The step of a triad that asks which two of the corners it was."""

    button: Label
    text: Words


class Block(Frozen):
    """Questions counted together ("3 van 8"); a `voluntary` block is asked only if the teller wants it."""

    counter: Words
    voluntary: bool = False


class Asked(Frozen):
    """What every question has. `name` stands in the review and in the codebook, `intro` comes before the first asking.

    `of` names what the question is about: the story, or the teller. `audio` is the file in which its words are read
    aloud: the text, or the first prompt of a story.
    """

    id: Id
    name: Label
    theme: Words | None = None
    of: Literal["verhaal", "verteller"] = "verhaal"
    intro: Words | None = None
    block: Id | None = None
    required: bool = False
    when: When | None = None
    audio: SoundFile | None = None


class StoryQuestion(Asked):
    """Words in several messages, asked by one of several prompts, until the teller says that it is done."""

    kind: Literal["story"]
    required: Literal[True] = True
    prompts: Annotated[tuple[Prompt, ...], Field(min_length=1)]
    follow_up: FollowUp | None = None
    max_chars: Annotated[int, Field(gt=0)]


class OpenQuestion(Asked):
    """Words in one message."""

    kind: Literal["open"]
    text: Words
    max_chars: Annotated[int, Field(gt=0)]


class ChoiceQuestion(Asked):
    """One option out of several. With `from_link` a link may answer it: its second part is then an option."""

    kind: Literal["choice"]
    text: Words
    columns: Literal[1, 2] = 1
    from_link: bool = False
    options: Annotated[tuple[Option, ...], Field(min_length=2)]


class ScaleQuestion(Asked):
    """One step of an ordered scale."""

    kind: Literal["scale"]
    text: Words
    options: Annotated[tuple[ScaleOption, ...], Field(min_length=2)]


class TriadQuestion(Asked):
    """One of seven points of a triangle: a corner, the middle, or (a step further) between two corners."""

    kind: Literal["triad"]
    text: Words
    pair: Pair
    options: Annotated[tuple[TriadOption, ...], Field(min_length=7)]


class ReviewQuestion(Asked):
    """The teller reads everything back, decides about quoting, and sends."""

    kind: Literal["review"]
    required: Literal[True] = True


ClosedQuestion = ChoiceQuestion | ScaleQuestion | TriadQuestion
WordQuestion = StoryQuestion | OpenQuestion
Question = StoryQuestion | OpenQuestion | ChoiceQuestion | ScaleQuestion | TriadQuestion | ReviewQuestion
AnyOption = Option | ScaleOption | TriadOption


class HasId(Protocol):
    """Anything of a set that is found by its id."""

    @property
    def id(self) -> str: ...


Named = TypeVar("Named", bound=HasId)


class QuestionSet(Frozen):
    """A whole set. `letter` stands in links and buttons; `consent` and `thanks` name texts of `texts/nl.toml`."""

    id: Id
    version: Annotated[int, Field(gt=0, lt=1000)]
    letter: Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
    title: Words
    profile: Literal["resident", "professional"]
    roles: tuple[Role, ...] = ()
    consent: Words
    thanks: Words
    blocks: dict[Id, Block] = {}
    questions: Annotated[tuple[Annotated[Question, Field(discriminator="kind")], ...], Field(min_length=1)]

    def question(self, question_id: str) -> Question:
        """The question with this id. KeyError where the set has none."""
        return _named(self.questions, question_id)


def story_of(questions: QuestionSet) -> StoryQuestion:
    """The question for the story; reading the sets sees to it that there is one."""
    return next(item for item in questions.questions if isinstance(item, StoryQuestion))


def comes_after_story(questions: QuestionSet, question_id: str) -> bool:
    """Whether the story has been told when this question is asked. KeyError where the set has no such question."""
    order = questions.questions
    return order.index(questions.question(question_id)) > order.index(story_of(questions))


def title_of(questions: QuestionSet) -> OpenQuestion | None:
    """The question whose answer is the name of the story: the first that is answered in a few words."""
    return next((item for item in questions.questions if isinstance(item, OpenQuestion)), None)


def option_of(question: ClosedQuestion, option_id: str) -> AnyOption:
    """The option of `question` with this slug. KeyError where it has none."""
    return _named(question.options, option_id)


def prompt_of(question: StoryQuestion, prompt_id: str) -> Prompt:
    """The prompt of `question` with this slug. KeyError where it has none."""
    return _named(question.prompts, prompt_id)


def _named(items: Sequence[Named], wanted: str) -> Named:
    for item in items:
        if item.id == wanted:
            return item
    raise KeyError(wanted)


def is_pair(option: AnyOption) -> bool:
    """Whether a point lies between two corners of a triad, so that it belongs to the second step."""
    shares = option.shares if isinstance(option, TriadOption) else None
    return shares is not None and 0 in shares and 100 not in shares
