"""What stands on the device of a visit that is locked: a field for the code of its helper, and nothing of any teller.

What was typed and not sent yet goes along with that page, sealed: nobody reads it there, and it is in its field again
for the one who typed it.
"""

from starlette.requests import Request
from starlette.responses import Response

from bot.browser import hearing
from bot.browser.answers import PART, Answers
from bot.browser.paths import TALK, VISIT_LOCK
from pages import bounds
from pages.bounds import TooBig, WrongKind
from storage.faults import StorageFault

KEPT = "kept"
"""The field with what was typed."""


async def met(answers: Answers, request: Request) -> Response:
    """What is answered to whoever asks for anything: the way to the lock, or at once the lock, where words come along.

    Words that a script sent stay on its page, which sends them once more without a script.
    """
    if request.method != "POST" or request.url.path != TALK or PART in request.headers:
        return answers.elsewhere(VISIT_LOCK)
    try:
        form = hearing.read(await bounds.fields(request))
    except (TooBig, WrongKind):
        return answers.elsewhere(VISIT_LOCK)
    return await page(answers, request, seal(answers, request, form.words if form else ""))


async def page(answers: Answers, request: Request, kept: str = "", *, is_wrong: bool = False) -> Response:
    """The lock. `kept` are sealed words, `is_wrong` that the code was another."""
    opens, token = await answers.visits.has_code(answers.cookies.helper(request)), answers.visit_token(request)
    words = answers.pages.plain("bezoek_slot", opens=opens, token=token, kept=kept, is_wrong=is_wrong)
    return answers.page(words, 422 if is_wrong else 200)


def seal(answers: Answers, request: Request, words: str) -> str:
    """Words that only the browser that they were typed in gets back; "" for none."""
    session = answers.cookies.read(request)
    return answers.keys.encrypt(f"{session.token}\n{words}") if session and words else ""


def unseal(answers: Answers, request: Request, kept: str) -> str:
    """These words; "" where they are of another browser, or of nobody."""
    session = answers.cookies.read(request)
    try:
        token, _, words = answers.keys.decrypt(kept).partition("\n") if kept else ("", "", "")
    except StorageFault:
        return ""
    return words if session and token == session.token else ""
