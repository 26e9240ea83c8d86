"""Whether a reader of tables that were handed out can work out what is not in them, by trying all there could be."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from math import prod

import pytest

from disclosure.suppressing import LEAST, STEP, Chance, Row, Shown, shown, suppressed
from tests.disclosure.readers import tables

NOISE = {noise: 2.0 ** -abs(noise) / 3 for noise in range(-60, 61)}
"""By how much a number is moved, and how often; more than this it is less than once in a million million million."""

TALLEST = 60
"""Of tables with a higher number nothing is asked here."""

Published = tuple[Shown, ...]
Chances = Mapping[Published, float]
Publish = Callable[[tuple[int, ...]], Chances]


def by_chance(table: tuple[int, ...], tallest: int = TALLEST) -> Chances:
    """Every way in which a table can be published, with how likely that is."""
    ways = [[(number, odds) for number, odds in of(people).items() if (number or 0) <= tallest] for people in table]
    return {tuple(number for number, _ in way): prod(odds for _, odds in way) for way in product(*ways)}


@cache
def of(people: int) -> Mapping[Shown, float]:
    """The same for one row."""
    found: dict[Shown, float] = defaultdict(float)
    for noise, odds in NOISE.items():
        found[shown(people, noise)] += odds
    return dict(found)


def plain(table: tuple[int, ...]) -> Chances:
    """A rule that only hides what is small, beside a total of all."""
    return {(*(people if people >= LEAST else None for people in table), sum(table)): 1.0}


def rounded(table: tuple[int, ...]) -> Chances:
    """A rule that is careful: rounds down, hides a second where one is hidden, and sums what is shown."""
    numbers: list[Shown] = [people - people % STEP if people >= LEAST else None for people in table]
    if numbers.count(None) == 1 and len(numbers) > 1:
        smallest = min(number for number in numbers if number is not None)
        numbers[numbers.index(smallest)] = None
    return {tuple(numbers): 1.0}


# A reader who knows the rule and tries every way in which things could have been, all as likely as each other.

Belief = Mapping[Hashable, float]


def beliefs(worlds: Iterable[tuple[Hashable, Mapping[Hashable, float]]]) -> dict[Hashable, Belief]:
    """For each thing that can be seen, how likely each answer then is; a world has an answer and what is seen of it."""
    seen: dict[Hashable, dict[Hashable, float]] = defaultdict(lambda: defaultdict(float))
    for answer, chances in worlds:
        for published, odds in chances.items():
            seen[published][answer] += odds
    return {
        published: {answer: odds / sum(weights.values()) for answer, odds in weights.items()}
        for published, weights in seen.items()
    }


def surest_of_few(publish: Publish, cells: int, people: int) -> float:
    """How sure a reader gets of a hidden number from 1 to 9, who knows how many there are in all."""
    found = beliefs((table[0], _if_hidden(publish(table))) for table in tables(cells, people))
    return max((belief.get(few, 0.0) for belief in found.values() for few in range(1, LEAST)), default=0.0)


def _if_hidden(chances: Chances) -> Mapping[Hashable, float]:
    return {published: odds for published, odds in chances.items() if published[0] is None}


@pytest.mark.parametrize(("cells", "people"), [(2, 12), (2, 14), (2, 19), (2, 26), (2, 40), (3, 16), (3, 27), (3, 34)])
def test_a_hidden_number_is_not_worked_out_by_who_knows_how_many_there_are_in_all(cells: int, people: int) -> None:
    assert surest_of_few(by_chance, cells, people) < 1 / 3


def test_it_is_where_only_small_numbers_are_hidden() -> None:
    assert surest_of_few(plain, 2, 26) == 1


@pytest.mark.parametrize("people", [13, 20])
def test_nor_from_another_table_of_the_same_people(people: int) -> None:
    """Two questions of two answers each: four kinds of people, and of each question it is seen how many chose what."""
    worlds: list[tuple[Hashable, Mapping[Hashable, float]]] = []
    for both, first, second, neither in tables(4, people):
        asked = (both + first, second + neither, both + second, first + neither)
        worlds.append((asked[0], _if_hidden(by_chance(asked))))
    for belief in beliefs(worlds).values():
        assert max(belief.get(few, 0.0) for few in range(1, LEAST)) < 1 / 3, belief


# Two tables with one person more, or one who left. The reader knows that it was one, and nothing of the others.

MOST = 24
LOW = 40


def low(table: tuple[int, ...]) -> Chances:
    """By chance, without the numbers that so few rarely give."""
    return by_chance(table, LOW)


def between(publish: Publish, *moved: tuple[int, int]) -> dict[Hashable, Belief]:
    """What is believed of whom was added, of these; seen are a table of two rows before, and one after."""
    return beliefs(
        (here, _side_by_side(publish(before), publish((before[0] + here[0], before[1] + here[1]))))
        for before in product(range(MOST), repeat=2)
        for here in moved
    )


def _side_by_side(before: Chances, after: Chances) -> Mapping[Hashable, float]:
    return {(one, other): odds * more for one, odds in before.items() for other, more in after.items()}


def test_who_came_or_left_is_in_neither_of_two_rows_for_sure() -> None:
    for seen, belief in between(low, (1, 0), (0, 1)).items():
        assert max(belief.values()) < 0.8001, (seen, belief)


def test_whether_anybody_came_or_left_is_not_sure_either() -> None:
    """Two to one; a little more where the tenth may have come, of whom below."""
    for seen, belief in between(low, (1, 0), (0, 0)).items():
        assert max(belief.values()) < 0.68, (seen, belief)


@pytest.mark.parametrize("publish", [plain, rounded])
def test_careful_rounding_is_found_out_by_who_has_the_table_before_and_after(publish: Publish) -> None:
    found = between(publish, (1, 0), (0, 1))
    assert max(odds for belief in found.values() for odds in belief.values()) == 1


def test_one_person_makes_nothing_more_than_twice_as_likely() -> None:
    for people in range(50):
        fewer, more = of(people), of(people + 1)
        for seen in (None, *range(LEAST + STEP, people + 30, STEP)):
            if seen in fewer and seen in more:
                assert 0.4999 < fewer[seen] / more[seen] < 2.0001, (people, seen)
            else:
                assert (people < LEAST, seen is None) == (True, False), (people, seen)


def test_the_tenth_person_is_the_one_exception_and_is_seen_one_time_in_twelve() -> None:
    assert of(LEAST - 1) == {None: pytest.approx(1)}
    assert of(LEAST)[None] == pytest.approx(11 / 12)


def test_numbers_are_multiples_never_small_and_right_on_average() -> None:
    seen = {number for people in range(200) for number in of(people) if number is not None}
    assert min(seen) == LEAST + STEP
    assert {number % STEP for number in seen} == {0}
    for people in (35, 36, 37, 38, 39, 100):
        mean = sum((number or 0) * odds for number, odds in of(people).items())
        assert mean == pytest.approx(people, abs=0.5), people


# Where chance comes from.


def drawn(number: int) -> Iterator[int]:
    """The noise of as many names."""
    chance = Chance.of(["9f86d081884c7d65"])
    return (chance.noise("gevoel", str(name)) for name in range(number))


def test_chance_is_fair() -> None:
    many = 20_000
    found = Counter(drawn(many))
    for noise in range(-4, 5):
        assert found[noise] / many == pytest.approx(2.0 ** -abs(noise) / 3, abs=0.01), noise


def test_the_same_stories_give_the_same_whatever_their_order() -> None:
    counts = {"ja": 40, "nee": 12, "weet_niet": 3}
    one, other = (Chance.of(ids) for ids in (["a", "b"], ["b", "a"]))
    assert suppressed("hulp", counts, one) == suppressed("hulp", counts, other)


@pytest.mark.parametrize("change", ["a story more", "a story less", "another table", "another row"])
def test_after_any_change_every_number_is_new(change: str) -> None:
    """As often alike as two numbers that have nothing to do with each other: five times in twenty-seven."""
    alike = 0
    for number in range(4_000):
        ids = [f"{number}", "a", "b"]
        before = Chance.of(ids).noise("gevoel", "1")
        match change:
            case "a story more":
                after = Chance.of([*ids, "c"]).noise("gevoel", "1")
            case "a story less":
                after = Chance.of(ids[:-1]).noise("gevoel", "1")
            case "another table":
                after = Chance.of(ids).noise("hulp", "1")
            case _:
                after = Chance.of(ids).noise("gevoel", "2")
        alike += before == after
    assert alike / 4_000 == pytest.approx(5 / 27, abs=0.025)


def test_names_do_not_run_into_each_other() -> None:
    chance = Chance.of(["a"])
    pairs = [(chance.noise(f"a{number}", "b"), chance.noise("a", f"{number}b")) for number in range(400)]
    assert [one for one, _ in pairs] != [other for _, other in pairs]


def test_a_percentage_is_of_all_as_they_are_shown_and_never_of_what_is_not_hidden() -> None:
    """Or the one answer that is shown would be that of everybody."""
    rows = suppressed("hulp", {"ja": 61, "weet_niet": 4, "past_niet": 0}, Chance(b"vast"))
    ja = rows[0].people or 0
    assert ja % STEP == 0
    assert rows[1:] == (Row("weet_niet", None), Row("past_niet", None))
    assert [row.percent(200) for row in rows] == [round(ja / 2), None, None]
    assert [row.percent(None) for row in rows] == [None, None, None]
    assert rows[0].percent(ja - STEP) == 100


def test_a_table_of_nobody_and_of_few_say_the_same() -> None:
    empty, few = (suppressed("hulp", dict.fromkeys(("ja", "nee"), people), Chance(b"vast")) for people in (0, 9))
    assert empty == few
    assert [row.people for row in few] == [None, None]
