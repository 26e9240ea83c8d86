"""How a browser of staff is known, and that it is known no more when the device is cleared; knows no page."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.browser.cookies import STAFF
from bot.intake import Intake
from bot.settings import WebSettings
from pages.session import Cookie
from pages.signing_in import SigningIn

COOKIE = STAFF


def staff_cookie(settings: WebSettings) -> Cookie:
    """The cookie of whoever is signed in."""
    return Cookie(COOKIE, settings.is_secure, led=True)


@dataclass(frozen=True)
class Leaving:
    """Whoever clears a device leaves nobody of the staff signed in on it."""

    signing_in: SigningIn
    cookie: Cookie

    async def __call__(self, request: Request, answer: Response) -> None:
        """Signs out who is signed in in this browser. Raises `StorageFault`: then they are still."""
        if secret := self.cookie.read(request):
            await self.signing_in.sign_out(secret)
            self.cookie.take(answer)


def leaving(settings: WebSettings, intake: Intake) -> Leaving:
    """For the web chat over a corridor."""
    return Leaving(SigningIn(intake.database, intake.keys, intake.clock), staff_cookie(settings))
