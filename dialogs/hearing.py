"""What typed words are in an interview: a command, a button, an answer to what stands open, or none of these."""

from dataclasses import replace

from dialogs import asides, commands, doorway, forwarding, tapping, telling, withdrawal
from dialogs.asking import answer_to
from dialogs.emergency import command_in
from dialogs.events import Said
from dialogs.interview import FORWARDED, Interview, Part
from dialogs.library import Library
from dialogs.looks import is_only_links
from dialogs.path import current
from dialogs.prompt import ask, prompt, say
from dialogs.questions import ClosedQuestion, Question, ReviewQuestion, StoryQuestion, WordQuestion
from dialogs.receipts import may_be_receipt
from dialogs.replies import AskTap, Button, PlainTap, Step
from dialogs.understand import choose, choose_firmly, slashed
from dialogs.young import is_young_age, says_too_young


def hear(library: Library, interview: Interview, event: Said) -> Step:
    """The step that follows what was typed.

    What came with the words (a photo) is only mentioned where the words themselves were kept.
    """
    step = _heard(library, interview, event)
    noted = event.note and not event.again and step.interview and _pieces(step.interview) > _pieces(interview)
    return replace(step, replies=(say(library, event.note), *step.replies)) if noted else step


def _pieces(interview: Interview) -> int:
    return sum(1 for _ in interview.parts)


def _heard(library: Library, interview: Interview, event: Said) -> Step:
    if not event.text:
        return Step(interview, (prompt(library, interview),))
    command = slashed(event.text)
    if command:
        return commands.do(library, interview, doorway.as_command(event, *command))
    named = choose_firmly(event.text, event.screen)
    if named and isinstance(named.tap, PlainTap):
        return tapping.use(library, interview, named.tap, event)
    if event.forwarded and not isinstance(current(library.of(interview), interview), ReviewQuestion):
        return forwarding.ask(library, interview, event.text)
    if interview.aside is not None:
        return _said_aside(library, interview, event)
    return _said_to_question(library, interview, event)


def _said_aside(library: Library, interview: Interview, event: Said) -> Step:
    button = _aside_button_meant(library, interview, event.text)
    if button:
        return tapping.use(library, interview, button.tap, event)
    word = command_in(library, event.text, among_words=False)
    if word:
        return commands.do(library, interview, doorway.as_command(event, word, ""))
    if interview.aside == asides.WITHDRAW and _is_receipt(library, event.text):
        return withdrawal.look_up(interview, event.text)
    if interview.aside == FORWARDED:
        return forwarding.told_beside(library, interview, event.text, event.message)
    if _passes_by(library, interview, event.text):
        return _passed_by(library, interview.asking(None), event)
    return Step(interview, (telling.not_understood(library, interview),))


def _is_receipt(library: Library, text: str) -> bool:
    """Whatever can be one, unless it says something that matters more."""
    return may_be_receipt(text) and not (library.crisis.sees(text) or says_too_young(text))


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
        return tapping.use(library, interview, button.tap, event)
    word = command_in(library, event.text, among_words=among_words)
    if word:
        return commands.do(library, interview, doorway.as_command(event, word, ""))
    return _words(library, interview, question, event)


def _words(library: Library, interview: Interview, question: Question, event: Said) -> Step:
    """No button and no command: a question to the bot, an age, a link; else an answer in words."""
    answer = answer_to(library, event.text)
    if answer and isinstance(question, StoryQuestion):
        told = telling.tell(library, interview, question, Part(event.text, event.message))
        return replace(told, replies=(answer, *(told.replies or (prompt(library, told.interview or interview),))))
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
