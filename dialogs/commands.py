"""What a command leads to in an interview; knows no typed words and no button."""

from dataclasses import replace

from dialogs import asides, choosing, clearing, doorway, withdrawal
from dialogs.events import Command, Commanded
from dialogs.interview import Answer, Interview
from dialogs.library import Library
from dialogs.path import current, in_pair_step, previous
from dialogs.prompt import aside, prompt, say
from dialogs.questions import OpenQuestion, Question, StoryQuestion
from dialogs.receipts import may_be_receipt
from dialogs.replies import Step

_WITH_REST = (Command.START, Command.WITHDRAW, Command.UNKNOWN)

_ASIDES = {
    Command.HELP: asides.HELP,
    Command.NOW: asides.CRISIS,
    Command.PAUSE: asides.PAUSE,
    Command.STOP: asides.STOP,
    Command.ERASE: asides.STOP,
    Command.WITHDRAW: asides.WITHDRAW,
}


def do(library: Library, interview: Interview, event: Commanded) -> Step:
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
            heard = [say(library, doorway.HEARD)] if interview.helped else []
            return Step(interview, (say(library, "ALG.uitleg"), *heard, prompt(library, interview)))
        case Command.CONTACT:
            return Step(interview, (say(library, "ALG.contact"), prompt(library, interview)))
        case Command.CLEAR:
            return clearing.ask(library, interview)
        case Command.START:
            return asides.come_again(library, interview, doorway.as_opened(event))
        case Command.WITHDRAW if may_be_receipt(event.rest):
            return withdrawal.look_up(interview, event.rest)
        case _:
            return _opened_aside(library, interview, event.command)


def _opened_aside(library: Library, interview: Interview, command: Command) -> Step:
    """An unknown command is answered with a short sentence, and with the buttons of help below it."""
    if command is not Command.UNKNOWN:
        return asides.open_aside(library, interview, _ASIDES[command])
    helped = interview.asking(asides.HELP)
    return Step(helped, (say(library, "INV.onbekend", rows=aside(library, helped, asides.HELP).rows),))


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
