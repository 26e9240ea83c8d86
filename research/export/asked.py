"""From when to when every version of a question set was asked, as far as an export may tell; knows no story."""

from collections.abc import Iterable, Mapping
from datetime import date

from disclosure.tabulating import week_of
from research.export.tiers import Leaving

Version = tuple[str, int]
"""The id of a question set, and the number of a version of it."""

Asked = Mapping[Version, tuple[date, date]]
"""The first and the last day (in Amsterdam) on which a story was sent that was told with a version, but for trials.

It is counted over all stories, chosen or not: when a question was asked does not depend on what is exported.
"""

DAY, WEEK = "datum", "week"
"""The columns that say when a story was sent."""


class Times:
    """What an export says of it: days where it says days of stories, weeks where it says weeks, or nothing."""

    def __init__(self, asked: Asked, leaving: Leaving) -> None:
        named = {column.name for column in leaving.fixed}
        told = date.isoformat if DAY in named else week_of if WEEK in named else None
        self._asked = {version: (told(first), told(last)) for version, (first, last) in asked.items()} if told else {}

    def of(self, versions: Iterable[Version]) -> tuple[str, str]:
        """When the first of these was first asked, and when the last was last asked; "" where none was."""
        found = [self._asked[version] for version in versions if version in self._asked]
        return (min(first for first, _ in found), max(last for _, last in found)) if found else ("", "")
