"""Where each action is asked for on the pages; checks nothing."""

from dataclasses import dataclass, field

from pages.permissions import Action


@dataclass(frozen=True)
class Asked:
    """A page or a form; `{code}` stands for a link, also in a field."""

    method: str
    path: str
    fields: dict[str, str] = field(default_factory=dict)


ON_PAGES: dict[Action, tuple[Asked, ...]] = {
    Action.SEE_LINKS: (
        Asked("GET", "/team/link/{code}"),
        Asked("GET", "/team/link/{code}/stop"),
        Asked("GET", "/team/link/{code}/qr.png"),
        Asked("GET", "/team/link/{code}/qr.svg"),
        Asked("GET", "/team/link/{code}/poster.pdf"),
        Asked("GET", "/team/link/{code}/tafelkaart.pdf"),
        Asked("GET", "/team/link/{code}/kaartjes.pdf"),
    ),
    Action.MAKE_LINK: (
        Asked("GET", "/team/nieuw"),
        Asked("POST", "/team/nieuw", {"place": "Bibliotheek", "question_set": "bewoner"}),
    ),
    Action.CHANGE_LINK: (
        Asked("POST", "/team/link/{code}/naam", {"place": "Buurtkamer"}),
        Asked("POST", "/team/link/{code}/stil"),
        Asked("POST", "/team/link/{code}/aan"),
        Asked("POST", "/team/link/{code}/stop"),
    ),
    Action.PRINT: (Asked("POST", "/team/link/{code}/papier", {"copies": "1"}),),
    Action.VISIT: (
        Asked("GET", "/team/bezoek"),
        Asked("POST", "/team/bezoek", {"link": "{code}", "helper": "vrijwilliger", "own_team": "nee", "code": "2580"}),
        Asked("POST", "/team/bezoek/leeg"),
    ),
    Action.TYPE_IN: (
        Asked("GET", "/team/papier"),
        Asked("POST", "/team/papier", {"number": "k7pm-4tx9"}),
        Asked("POST", "/team/papier/bewaren", {"number": "k7pm-4tx9", "agreed": "ja"}),
    ),
    Action.NUMBERS: (Asked("GET", "/team/cijfers"),),
}
"""Where each action is asked for."""


def is_done(action: Action, status: int) -> bool:
    """Whether an answer shows or does what was asked for. A form on paper was never printed here: that is said."""
    return status in ((200, 303, 422) if action is Action.TYPE_IN else (200, 303))
