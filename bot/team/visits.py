"""A visit as somebody fills it in on the form; knows no database."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Visiting:
    """`link` is the code of a place, `helper` in which role somebody helps. `own_team`: as it was answered, "" for not.

    `code`: what opens the pages for staff again. `anyway`: it was asked to let somebody else help, and they go on.
    `another`: somebody else does, and fills in the form that is there already.
    """

    link: str = ""
    helper: str = ""
    own_team: str = ""
    code: str = ""
    anyway: bool = False
    another: bool = False

    @property
    def is_about_own_team(self) -> bool | None:
        """Whether they work for the team that the stories are about; None where that was not answered."""
        return {"ja": True, "nee": False}.get(self.own_team)


def visiting(fields: Mapping[str, str]) -> Visiting:
    """What a form says."""
    link, helper, own_team, code = (fields.get(name, "").strip() for name in ("link", "helper", "own_team", "code"))
    return Visiting(link, helper, own_team, code, fields.get("anyway") == "ja", fields.get("another") == "ja")
