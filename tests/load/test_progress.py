"""Whether the benchmark measures each thing once, takes little more than an hour, and says how far it is."""

from collections import Counter

from tests.load.bench import ALL, BROWSERS, PARTS, Results, Step, bench, steps
from tests.load.bots import MODES, OURS, WEB_MODES
from tests.load.plan import FULL, SHORT
from tests.load.progress import Progress
from tests.load.run import BotFailed

SEVENTY_MINUTES = 70 * 60


def test_the_time_left_follows_from_what_is_done() -> None:
    progress = Progress([10.0, 20.0, 30.0])
    assert progress.left(0, 0.0) == 60.0
    assert progress.left(1, 20.0) == 100.0
    assert progress.told(1, 20.0) == "[2 van 3, nog 2 min]"
    assert progress.told(2, 15.0) == "[3 van 3, bijna klaar]"


def test_the_whole_plan_is_five_rounds_in_less_than_seventy_minutes() -> None:
    planned = [*steps(FULL, ALL)]
    assert FULL.rounds == 5
    assert sum(step.seconds for step in planned) < SEVENTY_MINUTES
    assert [what for what, times in Counter(step.what for step in planned).items() if times > 1] == []


def test_what_two_parts_ask_for_is_measured_once_in_a_round() -> None:
    alone = [*steps(SHORT, [BROWSERS])]
    beside = [*steps(SHORT, ["naast-elkaar", BROWSERS])]
    telegram = [step for step in alone if any(f", {mode}," in step.what for mode in MODES)]
    assert len(telegram) == len(SHORT.browsers) * len(MODES)
    assert len(beside) == len([*steps(SHORT, ["naast-elkaar"])]) + len(alone) - len(telegram)


def test_browsers_are_measured_in_every_round_and_take_turns_to_be_first() -> None:
    rounds = [[*PARTS[BROWSERS](FULL, number)] for number in range(FULL.rounds)]
    assert len({loads[0].mode for loads in rounds}) == 1 + len(MODES)
    assert {frozenset(loads) for loads in rounds} == {frozenset(rounds[0])}
    assert {load.mode for load in rounds[0]} == {*MODES, *WEB_MODES}
    assert {load.bot for load in rounds[0]} == {OURS}


async def test_a_bot_that_fails_is_said_and_passed_over() -> None:
    async def fails(results: Results) -> str:
        raise BotFailed("geen geheugen")

    async def counts(results: Results) -> str:
        return "goed"

    said: list[str] = []
    known: list[int] = []
    planned = [Step("een", 1.0, fails), Step("twee", 1.0, counts)]
    await bench(planned, Results(), said.append, lambda: known.append(1))
    assert [line.partition("] ")[2] for line in "".join(said).splitlines()] == [
        "een: liep niet: geen geheugen",
        "twee: goed",
    ]
    assert len(known) == len(planned)
