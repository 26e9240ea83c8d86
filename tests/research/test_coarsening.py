"""What a teller can be known by fits several, whatever was told, and no more is hidden than that asks for."""

from collections import Counter
from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from research.export.coarsening import HIDDEN, Known, coarsen, together

values = st.tuples(st.sampled_from("kl"), st.sampled_from("123"), st.sampled_from("nzo"))
told = st.lists(values, max_size=60)


def named(told: Sequence[Known]) -> Mapping[str, Known]:
    """A teller for each of them."""
    return {f"t{number}": known for number, known in enumerate(told)}


@given(told)
def test_every_combination_is_that_of_five_or_nothing_is_shown_of_anybody(told: list[Known]) -> None:
    known = coarsen(named(told))
    few = {combination for combination, number in Counter(known.values()).items() if number < 5}
    assert few == set() if len(told) >= 5 else few <= {(HIDDEN,) * 3}
    for teller, original in named(told).items():
        assert all(now in (HIDDEN, then) for now, then in zip(known[teller], original, strict=True))


@given(told)
def test_what_is_hidden_is_a_beginning_and_stays_one(told: list[Known]) -> None:
    once = coarsen(named(told))
    again = coarsen({teller: known for number, (teller, known) in enumerate(once.items()) if number % 2})
    for shown in (*once.values(), *again.values()):
        number = shown.count(HIDDEN)
        assert shown[:number] == (HIDDEN,) * number


def test_what_five_share_is_left_as_it_is() -> None:
    five = named([("k", "1", "n")] * 5)
    assert coarsen(five) == five


def test_the_first_attribute_goes_first_and_only_where_it_has_to() -> None:
    assert set(coarsen(named([(link, "1", "n") for link in "kkkkl"])).values()) == {(HIDDEN, "1", "n")}


def test_few_of_whom_nothing_is_shown_are_joined_by_the_next_smallest_group() -> None:
    alone = [("x", "9", "w"), ("y", "8", "z")]
    known = coarsen(named([*alone, *[("k", "1", "n")] * 5, *[("k", "2", "n")] * 6]))
    assert [known[f"t{number}"] for number in range(7)] == [(HIDDEN,) * 3] * 7
    assert {known[f"t{number}"] for number in range(7, 13)} == {("k", "2", "n")}


def test_a_teller_is_known_by_all_stories_together() -> None:
    assert together([("k", "1", "n"), ("k", "1", "n")]) == ("k", "1", "n")
    assert together([("l", "1", "n"), ("k", "1", "z")]) == ("k + l", "1", "z + n")
    assert together([("k", "1", "n"), ("l", "1", "z")]) == ("k + l", "1", "n + z")
    assert together([(HIDDEN, "1", "n"), ("k", "1", "n")]) == (HIDDEN, "1", "n")
