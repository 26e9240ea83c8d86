"""What the benchmark tells of made-up figures: ratios within a round, and goals that are met and that are not."""

from collections import Counter
from dataclasses import replace

from tests.bot.page_weight import Weighed
from tests.load.audit import Audit
from tests.load.bench import Results
from tests.load.bots import OURS, PEERS
from tests.load.export import DUMP, EXPORT, Exported, Run
from tests.load.goals import Goal, Kind, goals, ratio
from tests.load.memory import Opened
from tests.load.run import Load, Measured
from tests.load.tables import calls_per_interview, tables

WHOLE = 15


def measured(bot: str, cpu: float, *, answers: int = 1000, missing: int = 0, mode: str = "polling") -> Measured:
    """A run of ten seconds."""
    return Measured(
        load=Load(bot, mode),
        answers=answers,
        elapsed=10.0,
        cpu=cpu,
        own=1.0,
        latencies=(0.01, 0.02, 0.03, 0.5),
        interviews=60,
        calls=Counter(getUpdates=500, sendMessage=1000, answerCallbackQuery=800),
        idle=50_000_000,
        open=60_000_000,
        peak=70_000_000,
        stuck=0,
        refused=Counter(),
        tellings=(),
        audit=Audit(100, missing) if bot == OURS else None,
    )


def results(*rounds: dict[str, float], missing: int = 0) -> Results:
    """The processor seconds of each bot, by round."""
    found = Results()
    for number, spent in enumerate(rounds):
        for bot, cpu in spent.items():
            run = measured(bot, cpu, missing=missing)
            found.rounds.setdefault(run.load, {})[number] = run
    return found


def goal(found: Results, wanted: str) -> Goal:
    """The one goal with these words."""
    [one] = [goal for goal in goals(found) if wanted in goal.wanted]
    return one


def test_a_ratio_is_the_median_of_the_rounds() -> None:
    found = results({OURS: 1.0, "telebot": 2.0}, {OURS: 4.0, "telebot": 4.0}, {OURS: 1.0, "telebot": 3.0})
    assert ratio(found, Kind("polling"), "telebot", lambda run: run.per_cpu) == 2.0
    assert ratio(found, Kind("webhook"), "telebot", lambda run: run.per_cpu) is None


def test_a_goal_is_met_or_not_by_what_was_measured() -> None:
    found = results({OURS: 1.0, "ptb-echo": 3.5, "ptb-gesprek": 3.5, "aiogram": 1.0, "telebot": 0.5})
    assert goal(found, "polling: ten minste 3 x ptb-echo").met is True
    assert goal(found, "polling: ten minste 4 x ptb-gesprek").met is False
    assert goal(found, "polling: meer dan aiogram").met is False
    assert goal(found, "polling: meer dan telebot").found == "0,50x"
    assert goal(found, "webhook: meer dan telebot").met is None
    assert goal(found, "elk antwoord").met is True
    assert goal(results({OURS: 1.0}, missing=1), "elk antwoord").met is False


def test_memory_counts_what_an_open_interview_adds() -> None:
    found = Results(memory=[Opened(OURS, 1_000_000, ((1000, 4_000_000), (2000, 10_000_000)))])
    assert goal(found, "geheugen").met is False
    assert goal(found, "geheugen").found == "4,50 kB"
    small = Results(memory=[Opened(OURS, 1_000_000, ((1000, 4_000_000),))])
    assert goal(small, "geheugen").met is True


def test_an_export_is_weighed_against_the_dump_of_its_own_round_and_its_memory_against_fewer_stories() -> None:
    def found(stories: int, peak: int, *seconds: float) -> Exported:
        runs = [Run(time, time, peak) for time in seconds]
        return Exported(stories, {EXPORT: runs, DUMP: [Run(1.0 + at, 1.0, 1) for at in range(len(seconds))]})

    fair = Results(exports=[found(10, 60, 9.0), found(100, 62, 2.0, 5.0, 9.0)])
    assert goal(fair, "hooguit 3 x").found == "2,50x"
    assert goal(fair, "hooguit 3 x").met is True
    assert goal(fair, "hooguit 1,1 x").met is True
    poor = Results(exports=[found(10, 60, 1.0), found(100, 90, 4.0)])
    assert goal(poor, "hooguit 3 x").met is False
    assert goal(poor, "hooguit 1,1 x").met is False
    assert goal(Results(), "hooguit 3 x").met is None


def test_browsers_stand_beside_as_many_on_telegram_of_the_same_round() -> None:
    found = Results(weights=(Weighed("/", 3000, 3000), Weighed("/static/style.css", 5000, 2000)))
    for number, spent in enumerate([{"browser": 2.0, "polling": 1.0}, {"browser": 1.0, "polling": 2.0}]):
        for mode, cpu in spent.items():
            run = replace(measured(OURS, cpu, mode=mode), waits={"antwoord": (0.001, 0.002)} if cpu else {})
            found.rounds.setdefault(run.load, {})[number] = run
    told = tables(found)
    [polling] = [line for line in told.splitlines() if line.startswith("  50 polling ")]
    assert polling.split()[2:6] == ["100", "750", "1.00", "1.25"]
    assert "50 bewoners, browser" not in told
    assert [line.split() for line in told.splitlines() if "samen" in line] == [["samen", "8000", "5000"]]
    assert goal(found, "eerste beeld").met is True


def test_one_browser_alone_tells_how_long_it_waits() -> None:
    run = replace(measured(OURS, 1.0, mode="browser"), load=Load(mode="browser", residents=1))
    waits = {"eerste bezoek (GET)": (0.001, 0.002, 0.003)}
    told = tables(Results(rounds={run.load: {0: replace(run, waits=waits)}}))
    [row] = [line for line in told.splitlines() if "eerste bezoek" in line]
    assert row.split()[-3:] == ["2.0", "3.0", "3.0"]


def test_polls_are_no_calls_of_an_interview() -> None:
    assert calls_per_interview(measured(OURS, 1.0)) == 1.8 * WHOLE


def test_every_bot_and_goal_stands_in_the_tables() -> None:
    told = tables(results(dict.fromkeys((OURS, *PEERS), 1.0)))
    assert [name for name in (OURS, *PEERS) if f"\n  {name} " not in told] == []
    assert "NIET gehaald" in told
    assert "niet gemeten" in told
