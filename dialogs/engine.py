"""The conversation as a function: what happened, in; the interview as it is now and what to say, out.

Every change of an interview stands here and in what is imported here: `choosing.py` (buttons), `telling.py` (words),
`asides.py` (help, pause, stop, change), `forwarding.py`, `waiting.py`, `noticing.py`. An event that does not fit leaves
the interview as it was and says again what stands open. Nothing here sends, saves, logs or knows the time. Before
consent there is no interview: that conversation is `doorway.py`.
"""

from dataclasses import replace

from dialogs import asides, choosing, clearing, doorway, forwarding, noticing, telling, waiting, withdrawal
from dialogs.asking import answer_to
from dialogs.emergency import command_in
from dialogs.events import (
    Blocked,
    Chosen,
    Command,
    Commanded,
    Edited,
    Event,
    Looked,
    Opened,
    Said,
    Showed,
    Waited,
)
from dialogs.interview import Answer, Interview, Part
from dialogs.library import Library
from dialogs.looks import is_only_links
from dialogs.path import current, in_pair_step, previous
from dialogs.prompt import aside, ask, prompt, say
from dialogs.questions import ClosedQuestion, OpenQuestion, Question, ReviewQuestion, StoryQuestion, WordQuestion
from dialogs.receipts import is_receipt
from dialogs.replies import AgainTap, AskTap, Button, PlainTap, Purpose, Reply, Step, Tap
from dialogs.understand import choose, choose_firmly, slashed
from dialogs.young import is_young_age


def step(library: Library, interview: Interview | None, event: Event) -> Step:
    """What one event leads to. `interview` is None before consent and after sending. Raises nothing at tellers."""
    heard = noticing.without_numbers_of_persons(event)
    if interview is None:
        taken = doorway.enter(library, heard)
    else:
        taken = noticing.noticed(library, interview, heard, _step(library, interview, heard), masked=heard != event)
    return _finished(library, interview, event, taken)


def _finished(library: Library, before: Interview | None, event: Event, taken: Step) -> Step:
    """What holds for every answer: not too much at once, sorry for being late, the thread in the buttons."""
    calm = noticing.unhurried(library, before, event, taken)
    said = (say(library, "INV.laat"), *calm.replies) if event.late and calm.replies else calm.replies
    return replace(calm, replies=tuple(_threaded(reply, event.thread) for reply in said))


def _threaded(reply: Reply, thread: str) -> Reply:
    """The reply with the teller of the story before in the buttons of its question."""
    if not thread:
        return reply
    return replace(reply, rows=tuple(tuple(_carrying(button, thread) for button in row) for row in reply.rows))


def _carrying(button: Button, thread: str) -> Button:
    tap = button.tap
    if not isinstance(tap, AskTap) or tap.question.startswith("@"):
        return button
    return replace(button, tap=replace(tap, thread=thread))


def _step(library: Library, interview: Interview, event: Event) -> Step:
    match event:
        case Opened():
            return asides.come_again(library, interview, event)
        case Said():
            return _said(library, interview, event)
        case Commanded():
            return _commanded(library, interview, event)
        case Chosen():
            return _tapped(library, interview, event.tap, event)
        case Edited():
            return telling.edit(library, interview, event)
        case Looked():
            return _looked(library, interview, event)
        case Showed():
            return Step(interview, () if event.again else (say(library, event.text_id),))
        case Waited():
            return waiting.waited(library, interview, event)
        case Blocked():
            return Step(replace(interview, remind=False))
        case _:
            return asides.go_on(library, interview)


# What was typed: a command, a button, or words.


def _said(library: Library, interview: Interview, event: Said) -> Step:
    """What came with the words (a photo) is only mentioned where the words themselves were kept."""
    step = _heard(library, interview, event)
    noted = event.note and not event.again and step.interview and _pieces(step.interview) > _pieces(interview)
    return replace(step, replies=(say(library, event.note), *step.replies)) if noted else step


def _pieces(interview: Interview) -> int:
    return sum(len(answer.parts) for answer in interview.answers.values())


def _heard(library: Library, interview: Interview, event: Said) -> Step:
    if not event.text:
        return Step(interview, (prompt(library, interview),))
    command = slashed(event.text)
    if command:
        return _commanded(library, interview, doorway.as_command(event, *command))
    named = choose_firmly(event.text, event.screen)
    if named and isinstance(named.tap, PlainTap):
        return _tapped(library, interview, named.tap, event)
    if event.forwarded and isinstance(current(library.of(interview), interview), StoryQuestion):
        return forwarding.ask(library, interview, event.text)
    if interview.aside is not None:
        return _said_aside(library, interview, event)
    return _said_to_question(library, interview, event)


def _said_aside(library: Library, interview: Interview, event: Said) -> Step:
    button = _aside_button_meant(library, interview, event.text)
    if button:
        return _tapped(library, interview, button.tap, event)
    word = command_in(library, event.text, among_words=False)
    if word:
        return _commanded(library, interview, doorway.as_command(event, word, ""))
    if interview.aside == asides.WITHDRAW and _may_be_receipt(event.text):
        return withdrawal.look_up(interview, event.text)
    if interview.aside == forwarding.FORWARDED:
        return forwarding.told_beside(library, interview, event.text, event.message)
    if _passes_by(library, interview, event.text):
        return _passed_by(library, interview.asking(None), event)
    return Step(interview, (telling.not_understood(library, interview),))


def _may_be_receipt(text: str) -> bool:
    """A code, also a mistyped one; in more words people go on telling."""
    return is_receipt(text) or len(text.split()) <= asides.SHORT


def _aside_button_meant(library: Library, interview: Interview, text: str) -> Button | None:
    """In few words any button may be meant, but for one that throws the draft away: that one must be named."""
    buttons = prompt(library, interview).buttons
    found = choose(text, buttons)
    guessed = found and isinstance(found.tap, AskTap) and not asides.is_final(interview.aside or "", found.tap.option)
    told = interview.aside in asides.PASSING and len(text.split()) > asides.SHORT
    return found if guessed and not told else choose_firmly(text, buttons)


def _passes_by(library: Library, interview: Interview, text: str) -> bool:
    """Whether the words are for the question below the aside. A few words after a yes-or-no question are not."""
    if interview.aside not in asides.PASSING:
        return False
    question = current(library.of(interview), interview)
    answered = choose_firmly(text, ask(library, interview, question).buttons)
    return interview.aside in asides.LISTENING or len(text.split()) > asides.SHORT or answered is not None


def _passed_by(library: Library, interview: Interview, event: Said) -> Step:
    """Here a piece of the story is no matter for silence: the question of the aside still stands on the screen."""
    step = _said_to_question(library, interview, event)
    return replace(step, replies=step.replies or (prompt(library, step.interview or interview),))


def _said_to_question(library: Library, interview: Interview, event: Said) -> Step:
    question = current(library.of(interview), interview)
    among_words = isinstance(question, WordQuestion)
    button = _button_meant(library, interview, question, event.text)
    if button:
        return _tapped(library, interview, button.tap, event)
    word = command_in(library, event.text, among_words=among_words)
    if word:
        return _commanded(library, interview, doorway.as_command(event, word, ""))
    return _words(library, interview, question, event)


def _words(library: Library, interview: Interview, question: Question, event: Said) -> Step:
    """No button and no command: a question to the bot, an age, a link; else an answer in words."""
    answer = answer_to(library, event.text)
    if answer:
        return Step(interview, (answer, prompt(library, interview)))
    if _asks_age(question) and is_young_age(event.text):
        return asides.open_aside(library, interview, asides.YOUNG)
    if isinstance(question, StoryQuestion) and is_only_links(event.text):
        return Step(interview, (say(library, "INV.link"),))
    return telling.tell(library, interview, question, Part(event.text, event.message))


def _asks_age(question: Question) -> bool:
    return isinstance(question, ClosedQuestion) and any(option.numbers for option in question.options)


def _button_meant(library: Library, interview: Interview, question: Question, text: str) -> Button | None:
    """Where words are the answer, and where a button sends the story, only the name of a button is that button."""
    firm = isinstance(question, WordQuestion | ReviewQuestion)
    buttons = ask(library, interview, question).buttons
    return choose_firmly(text, buttons) if firm else choose(text, buttons)


def _looked(library: Library, interview: Interview, event: Looked) -> Step:
    """A receipt that was mistyped may be typed once more; after a withdrawal the question comes back."""
    told = withdrawal.tell(library, event)
    if event.found is None:
        asking = interview.asking(asides.WITHDRAW)
        return Step(asking, tuple(replace(reply, rows=prompt(library, asking).rows) for reply in told))
    back = interview.asking(None)
    gone = event.request.purpose is Purpose.WITHDRAW
    return Step(back, (*told, prompt(library, back)) if gone else told)


# What was tapped.


def _tapped(library: Library, interview: Interview, tap: Tap, event: Event) -> Step:
    if isinstance(tap, PlainTap):
        return _plain(library, interview, tap)
    if isinstance(tap, AgainTap):
        return asides.open_aside(library, interview, asides.AGAIN)
    if not isinstance(tap, AskTap) or not _stands_open(library, interview, tap):
        return Step(interview, accepted=False, notice=say(library, "INV.oude_knop"))
    if interview.aside == forwarding.FORWARDED and tap.question.startswith("@"):
        return forwarding.choose(library, interview, tap.option)
    if tap.question.startswith("@"):
        return asides.choose(library, interview, tap.option, event)
    question = library.of(interview).question(tap.question)
    return choosing.choose(library, interview.asking(None), question, tap.option, event)


def _stands_open(library: Library, interview: Interview, tap: AskTap) -> bool:
    """Whether the button is one of those that are asked now: late and double taps do nothing."""
    question = current(library.of(interview), interview)
    open_now = [*prompt(library, interview).buttons, *ask(library, interview, question).buttons]
    return tap in (button.tap for button in open_now)


def _plain(library: Library, interview: Interview, tap: PlainTap) -> Step:
    if tap.name == "volgende":
        return asides.open_aside(library, interview, asides.AGAIN)
    if tap.name == "weg":
        return asides.open_aside(library, interview, asides.WITHDRAW)
    if tap.name in clearing.NAMES:
        return clearing.tapped(library, interview, tap)
    return withdrawal.tapped(library, interview, tap)


# Commands.


def _commanded(library: Library, interview: Interview, event: Commanded) -> Step:
    """Words behind a command that takes none go unheard, and that is said."""
    step = _did(library, interview, event)
    unheard = event.rest and event.command not in _WITH_REST
    return replace(step, replies=(say(library, "INV.rest"), *step.replies)) if unheard else step


def _did(library: Library, interview: Interview, event: Commanded) -> Step:
    match event.command:
        case Command.BACK:
            return _back(library, interview)
        case Command.ON:
            return _kept(library, interview)
        case Command.SKIP:
            return choosing.skip(library, interview, current(library.of(interview), interview))
        case Command.DONE:
            return _done(library, interview)
        case Command.PRIVACY:
            return Step(interview, (say(library, "ALG.uitleg"), prompt(library, interview)))
        case Command.CONTACT:
            return Step(interview, (say(library, "ALG.contact"), prompt(library, interview)))
        case Command.CLEAR:
            return clearing.ask(library, interview)
        case Command.START:
            return asides.come_again(library, interview, doorway.as_opened(event))
        case Command.WITHDRAW if event.rest:
            return withdrawal.look_up(interview, event.rest)
        case _:
            return _opened_aside(library, interview, event.command)


def _opened_aside(library: Library, interview: Interview, command: Command) -> Step:
    """An unknown command is answered with a short sentence, and with the buttons of help below it."""
    if command is not Command.UNKNOWN:
        return asides.open_aside(library, interview, _ASIDES[command])
    helped = interview.asking(asides.HELP)
    return Step(helped, (say(library, "INV.onbekend", rows=aside(library, helped, asides.HELP).rows),))


_WITH_REST = (Command.START, Command.WITHDRAW, Command.UNKNOWN)

_ASIDES = {
    Command.HELP: asides.HELP,
    Command.NOW: asides.CRISIS,
    Command.PAUSE: asides.PAUSE,
    Command.STOP: asides.STOP,
    Command.ERASE: asides.STOP,
    Command.WITHDRAW: asides.WITHDRAW,
}


def _back(library: Library, interview: Interview) -> Step:
    """One question back; its answer stays until there is a new one. Out of an aside it is back to the question."""
    if interview.aside is not None:
        return asides.go_on(library, interview)
    question = current(library.of(interview), interview)
    if in_pair_step(question, interview):
        return choosing.forward(library, interview.having(replace(interview.answer(question.id), option=None)))
    before = previous(library.of(interview), interview)
    if before is None:
        return Step(interview, (say(library, "ALG.eerste"), prompt(library, interview)))
    reopened = asides.reopen(library, interview, before.id)
    return replace(reopened, replies=(say(library, "ALG.terug"), *reopened.replies))


def _kept(library: Library, interview: Interview) -> Step:
    """ "Verder": an answer that was opened again stays as it was; else the question is said once more."""
    question = current(library.of(interview), interview)
    answer = interview.answer(question.id)
    half = isinstance(question, StoryQuestion) or in_pair_step(question, interview)
    if interview.aside is not None or half or not _has_answer(question, answer):
        return asides.go_on(library, interview)
    return choosing.forward(library, interview.having(replace(answer, done=True)))


def _has_answer(question: Question, answer: Answer) -> bool:
    if isinstance(question, OpenQuestion):
        return answer.skipped or bool(answer.parts)
    return answer.skipped or answer.option is not None


def _done(library: Library, interview: Interview) -> Step:
    question = current(library.of(interview), interview)
    if isinstance(question, StoryQuestion):
        return choosing.finish(library, interview.asking(None), question)
    return asides.go_on(library, interview)
