"""Where each action is asked for on the pages for researchers; checks nothing."""

from pages.permissions import Action
from tests.bot.team.asked import Asked

ON_RESEARCH_PAGES: dict[Action, tuple[Asked, ...]] = {
    Action.NUMBERS: (Asked("GET", "/cijfers"),),
    Action.REVIEW: (
        Asked("GET", "/nakijken"),
        Asked("POST", "/nakijken"),
        Asked("GET", "/nakijken/{code}"),
        Asked("POST", "/nakijken/{code}", {"do": "volgende"}),
    ),
    Action.EXPORT_RAW: (Asked("POST", "/uitvoer", {"tier": "a", "recipient": "Onderzoek"}),),
    Action.EXPORT_DEIDENTIFIED: (Asked("POST", "/uitvoer", {"tier": "b"}),),
    Action.EXPORT_TABLES: (
        Asked("GET", "/uitvoer"),
        Asked("POST", "/uitvoer", {"tier": "c", "since": "gauw"}),
    ),
    Action.EXPORT_CARDS: (Asked("POST", "/uitvoer", {"tier": "d", "since": "gauw"}),),
    Action.AUDIT: (Asked("GET", "/lijst"),),
}
"""Where each action is asked for; `{code}` stands for a story that waits. What is asked for there makes no export."""
