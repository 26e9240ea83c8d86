"""Whatever happens in whatever order: every promise holds after each of twenty thousand random steps."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from dialogs.asides import CHANGE_ANSWER, EFFECTS
from dialogs.checks.relied_on import SAID_BY_CHANNELS
from dialogs.events import Command
from dialogs.interview import FORWARDED
from storage.secrets import KeyRing
from tests.corridor.any_conversation import AnyConversation
from tests.corridor.tally import Tally
from tests.talk.world import library

NAME = "elk gesprek"
"""Under this name the numbers of the run go along with the report of the test."""

STEPS = 20_000
WALKS = settings(
    max_examples=350,
    stateful_step_count=100,
    derandomize=True,
    deadline=None,
    # A conversation that breaks a promise is shown as it was: making it smaller takes minutes, and rarely helps.
    phases=(Phase.generate,),
    # A conversation of a hundred steps over a real database is slow, and a rule may draw a text of any signs.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""With a margin: hypothesis ends some conversations early."""

MEMORY = Path("/dev") / "shm"
"""Where files are in memory: every clean-up rewrites the database, which takes a disk three times as long."""

UNREACHED = {
    "ALG.anders": "only its button is shown",
    "ALG.overslaan": "only its button is shown",
    "ALG.proef": "only a link of staff can be a trial, and nobody made one: tests/dialogs/test_links.py",
    "BOT.beschrijving": "stands in the profile",
    "BOT.kort": "stands in the profile",
    "BOT.menu": "stands in the menu",
    "BOT.naam": "stands in the profile",
    "INV.gestoord": "said when a turn fails, and none may",
    "INV.niet_gewist": "said by a channel that could not take a message away",
    "INV.groep": "said by the Telegram channel, in a group",
    **{name: "stands around the conversation in a browser" for name in SAID_BY_CHANNELS if name.startswith("WEB.")},
    "UIT.papier.nog_niet": "said of a form on paper, and nobody wrote one: tests/bot/staff/test_papers.py",
    **{name: "stands on paper, or is forwarded" for name in SAID_BY_CHANNELS if name.startswith("UIT.")},
    **{name: "for staff, who tell nothing" for name in SAID_BY_CHANNELS if name.startswith("STAF.")},
}
"""Texts that no conversation comes to, and why."""


def test_every_promise_holds_in_any_conversation(tmp_path: Path, keys: KeyRing, request: pytest.FixtureRequest) -> None:
    """One test, so that all steps are made and counted in one process."""
    with _room(tmp_path) as place:
        machine = type("Conversation", (AnyConversation,), {"keys": keys, "place": place, "tally": (tally := Tally())})
        run_state_machine_as_test(machine, settings=WALKS)
    request.node.user_properties.append((NAME, tally.line()))
    assert tally.rules.total() >= STEPS
    assert set(Command) - tally.commands.keys() == set()
    assert library().texts.keys() - tally.texts.keys() == UNREACHED.keys()
    assert _asides() - tally.asides.keys() == set()
    assert _questions() - tally.questions.keys() == set()
    assert {"sent", "sent as another story", "sent with a helper", "withdrawn", "dropped", "out of time"} <= set(
        tally.ends
    )


@contextmanager
def _room(otherwise: Path) -> Iterator[Path]:
    if not MEMORY.is_dir():
        yield otherwise
        return
    with tempfile.TemporaryDirectory(dir=MEMORY, prefix="vertelbot-") as place:
        yield Path(place)


def _asides() -> set[str]:
    return {text_id for text_id, _ in EFFECTS} | {CHANGE_ANSWER, FORWARDED}


def _questions() -> set[str]:
    return {f"{questions.id}/{item.id}" for questions in library().sets.values() for item in questions.questions}
