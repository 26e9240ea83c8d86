"""Puts the question that stands open into words and buttons; changes nothing and keeps nothing."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dialogs.interview import Answer, Interview
from dialogs.library import Library
from dialogs.path import current, in_pair_step, options, path, place, prompts
from dialogs.personal.guard import found
from dialogs.questions import (
    PAIR,
    AnyOption,
    ChoiceQuestion,
    ClosedQuestion,
    OpenQuestion,
    Prompt,
    Question,
    QuestionSet,
    ReviewQuestion,
    StoryQuestion,
    TriadQuestion,
    option_of,
    prompt_of,
    story_of,
    title_of,
)
from dialogs.replies import NOTHING, AskTap, Button, Reply
from dialogs.texts import Text

ANOTHER = "anders"
DONE = "klaar"
FEW_WORDS = 2
"""A story of so few words gets "Vertel graag iets meer" in the place of the follow-up question."""

CORNERS = 3
""" "Twee van deze" stands behind the three corners of a triad, before the middle."""

SKIPPED = "overgeslagen"

REMINDED_FROM = 3
"""Days that a draft must be kept for two reminders to find a place in them."""

ONLY_ANSWERS = frozenset({"web"})
"""Channels by which a teller can be told nothing unasked: a page is not there when it is closed."""

PIECES = 3
"""Numbers and addresses that are shown when it is asked whether they may stay."""

NO_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType({})

Rows = tuple[tuple[Button, ...], ...]


def prompt(library: Library, interview: Interview) -> Reply:
    """What stands open, said (again): the aside if there is one, else the question that the answers lead to."""
    if interview.aside is not None:
        return aside(library, interview, interview.aside)
    return ask(library, interview, current(library.of(interview), interview))


def ask(library: Library, interview: Interview, question: Question) -> Reply:
    """One question with its buttons."""
    match question:
        case StoryQuestion():
            return _ask_story(library, interview, question)
        case OpenQuestion():
            return _asked(library, interview, question, question.text, ())
        case ReviewQuestion():
            return _review(library, interview, question)
        case TriadQuestion() if in_pair_step(question, interview):
            return _asked(library, interview, question, question.pair.text, _option_rows(interview, question))
        case ChoiceQuestion() | TriadQuestion() | _:
            rows = _option_rows(interview, question)
            return _asked(library, interview, question, question.text, rows)


def say(library: Library, text_id: str, values: Mapping[str, str | None] = NOTHING, rows: Rows = ()) -> Reply:
    """A text that asks for no answer of its own."""
    return Reply(text_id, library.text(text_id).text, values, rows)


def aside(library: Library, interview: Interview, text_id: str) -> Reply:
    """A question about the conversation itself, such as "Wilt u stoppen?"."""
    text = library.text(text_id)
    own = _of_text(interview, f"@{text_id}", text, without=_unfit(library, interview, text_id))
    if text_id == "ALG.veranderen.antwoord":
        own = (*_rows(interview, f"@{text_id}", _answered(library, interview)), *own)
    values = {"stukje": pieces_seen(interview)} if text_id == "ALG.naam_gezien" else NOTHING
    return say(library, text_id, values, own)


def pieces_seen(interview: Interview) -> str:
    """The numbers and addresses in what was told, as they were typed; of many the first few."""
    words = [part.text for part in interview.parts]
    pieces = [text[piece.start : piece.end] for text in words for piece in found(text)]
    more = ["…"] if len(pieces) > PIECES else []
    return "\n".join([*(f"«{piece}»" for piece in pieces[:PIECES]), *more])


def _unfit(library: Library, interview: Interview, text_id: str) -> tuple[str, ...]:
    """Buttons of an aside that would do nothing here."""
    match text_id:
        case "ALG.pauze" if not _can_be_reminded(library, interview):
            return ("herinner",)
        case "CRISIS" if not interview.about:
            return ("wis",)
        case _:
            return ()


def _can_be_reminded(library: Library, interview: Interview) -> bool:
    lasts = library.terms.draft_days >= REMINDED_FROM
    return lasts and not interview.helped and interview.channel not in ONLY_ANSWERS


def with_own_buttons(library: Library, interview: Interview, question: str, text_id: str) -> Reply:
    """A text that stands in for a question, with buttons that answer that question."""
    return say(library, text_id, rows=_of_text(interview, question, library.text(text_id)))


def answers_told(questions: QuestionSet, interview: Interview) -> str | None:
    """The coded answers as lines "• Gevoel: Blij", or None where there are none. What was skipped says so."""
    told = [(question.name, _told(question, interview)) for question in _answerable(questions, interview)]
    lines = [f"• {name}: {words}" for name, words in told if words]
    return "\n".join(lines) or None


def reading(questions: QuestionSet, interview: Interview) -> dict[str, str | None]:
    """The values with which a whole interview is read back: title, story, answers."""
    return {
        "titel": title(questions, interview),
        "verhaal": interview.answer(story_of(questions).id).text,
        "antwoorden": answers_told(questions, interview),
    }


def title(questions: QuestionSet, interview: Interview) -> str | None:
    """The name that the teller gave to the story."""
    named = title_of(questions)
    return (interview.answer(named.id).text or None) if named else None


def story_prompt(question: StoryQuestion, interview: Interview) -> Prompt:
    """The prompt that a story is asked by: the one that the teller went on to, else the first that applies.

    Words that were told stay with the prompt that they were told to, also where another would apply by now.
    """
    answer = interview.answer(question.id)
    applying = prompts(question, interview)
    if answer.prompt and answer.parts:
        return prompt_of(question, answer.prompt)
    return next((item for item in applying if item.id == answer.prompt), applying[0])


def _ask_story(library: Library, interview: Interview, question: StoryQuestion) -> Reply:
    answer = interview.answer(question.id)
    if not answer.parts:
        told = story_prompt(question, interview)
        return _asked(library, interview, question, told.text, _prompt_rows(library, interview, question))
    if answer.followed_up == len(answer.parts):
        return _follow_up(library, interview, question, answer)
    return with_own_buttons(library, interview, question.id, "ALG.meer")


def _follow_up(library: Library, interview: Interview, question: StoryQuestion, answer: Answer) -> Reply:
    words = len(answer.text.split())
    if words <= FEW_WORDS:
        return with_own_buttons(library, interview, question.id, "INV.te_kort")
    if question.follow_up is None or words >= question.follow_up.below:
        return with_own_buttons(library, interview, question.id, "ALG.erbij")
    rows = _rows(interview, question.id, {DONE: question.follow_up.button})
    return _asked(library, interview, question, question.follow_up.text, rows)


def _prompt_rows(library: Library, interview: Interview, question: StoryQuestion) -> Rows:
    applying = prompts(question, interview)
    another = _of_text(interview, question.id, library.text("ALG.anders")) if len(applying) > 1 else ()
    if story_prompt(question, interview) != applying[0]:
        return another
    own = {item.id: item.button for item in applying if item.button}
    return (*another, *_rows(interview, question.id, own))


def _review(library: Library, interview: Interview, question: ReviewQuestion) -> Reply:
    questions = library.of(interview)
    text = library.text("ALG.nakijken")
    offers_more = not interview.voluntary and any(block.voluntary for block in questions.blocks.values())
    rows = _of_text(interview, question.id, text, without=() if offers_more else ("extra",))
    return Reply(text.id, text.text, reading(questions, interview), rows)


def _asked(library: Library, interview: Interview, question: Question, words: str, rows: Rows) -> Reply:
    questions = library.of(interview)
    where = place(questions, interview, question)
    values = {"n": str(where.n), "m": str(where.m)} if where else {}
    template = _template(questions, question, words, first_time=question.id not in interview.answers)
    text_id = f"{questions.id}/{questions.version}/{question.id}"
    return Reply(text_id, template, values, (*rows, *_skip_rows(library, interview, question)))


def _template(questions: QuestionSet, question: Question, words: str, *, first_time: bool) -> str:
    counter = questions.blocks[question.block].counter if question.block else None
    head = [question.intro, ""] if question.intro and first_time else []
    return "\n".join([*head, *([counter] if counter else []), words])


def read_aloud(library: Library) -> dict[str, str]:
    """Where words are read aloud by a person: the template of a question, as it is said, and the name of the file."""
    return {
        _template(questions, question, words, first_time=first_time): question.audio
        for questions in library.sets.values()
        for question in questions.questions
        if question.audio and (words := _read(question))
        for first_time in (True, False)
    }


def _read(question: Question) -> str:
    """What the sound of a question says; empty where it has no words of its own."""
    match question:
        case StoryQuestion():
            return question.prompts[0].text
        case ReviewQuestion():
            return ""
        case _:
            return question.text


def _skip_rows(library: Library, interview: Interview, question: Question) -> Rows:
    if question.required or (in_pair_step(question, interview)):
        return ()
    return _of_text(interview, question.id, library.text("ALG.overslaan"))


def _option_rows(interview: Interview, question: ClosedQuestion) -> Rows:
    buttons = [_option_button(interview, question, option) for option in options(question, interview)]
    if isinstance(question, TriadQuestion) and not in_pair_step(question, interview):
        buttons.insert(CORNERS, Button(question.pair.button, AskTap(interview.tag, question.id, PAIR)))
    return _in_rows(buttons, question.columns if isinstance(question, ChoiceQuestion) else 1)


def _option_button(interview: Interview, question: ClosedQuestion, option: AnyOption) -> Button:
    tap = AskTap(interview.tag, question.id, option.id)
    return Button(option.label, tap, option.words, option.numbers)


def _of_text(interview: Interview, question: str, text: Text, without: tuple[str, ...] = ()) -> Rows:
    labels = {slug: label for slug, label in text.buttons.items() if slug not in without}
    return _rows(interview, question, labels, text.words, text.columns)


def _rows(
    interview: Interview,
    question: str,
    labels: Mapping[str, str],
    words: Mapping[str, tuple[str, ...]] = NO_WORDS,
    columns: int = 1,
) -> Rows:
    taps = ((slug, label, AskTap(interview.tag, question, slug)) for slug, label in labels.items())
    return _in_rows([Button(label, tap, words.get(slug, ())) for slug, label, tap in taps], columns)


def _in_rows(buttons: list[Button], columns: int) -> Rows:
    return tuple(tuple(buttons[at : at + columns]) for at in range(0, len(buttons), columns))


def _answered(library: Library, interview: Interview) -> dict[str, str]:
    """The questions with an answer, but for the story and its title, each as a button."""
    asked = _answerable(library.of(interview), interview)
    return {item.id: item.name for item in asked if interview.answer(item.id).done}


def _answerable(questions: QuestionSet, interview: Interview) -> Iterator[ClosedQuestion | OpenQuestion]:
    """The questions whose answers stand in a list: neither the story, nor its title, nor the review."""
    named = title_of(questions)
    for item in path(questions, interview):
        if isinstance(item, ClosedQuestion | OpenQuestion) and item != named:
            yield item


def _told(question: ClosedQuestion | OpenQuestion, interview: Interview) -> str | None:
    """What is kept for one question: what was chosen or that it was skipped, and words beside it."""
    answer = interview.answer(question.id)
    chosen = _chosen(question, interview, answer)
    return " – ".join(part for part in (chosen, answer.text) if part) or None


def _chosen(question: ClosedQuestion | OpenQuestion, interview: Interview, answer: Answer) -> str:
    if answer.skipped:
        return SKIPPED
    if isinstance(question, OpenQuestion) or not answer.option or in_pair_step(question, interview):
        return ""
    return option_of(question, answer.option).label
