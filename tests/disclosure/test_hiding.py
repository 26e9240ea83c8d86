"""Which parts of a total are shown: by hand, and against readers who know the rule."""

from collections.abc import Callable, Hashable, Mapping
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.hiding import BOARD, RESEARCH, Count, alone, hide
from tests.disclosure.readers import Truth, tables, worked_out

Rule = Callable[[Mapping[str, int], int], Mapping[str, Count]]
amounts = st.one_of(st.integers(0, 12), st.integers(0, 200))
names = st.text("abc", max_size=2)
counts = st.dictionaries(names, amounts, max_size=9)
thresholds = st.sampled_from((2, 3, BOARD, RESEARCH))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("", ""),
        ("5", "5"),
        ("0", "0"),
        ("4", "–"),
        ("7 9 5", "7 9 5"),
        ("7 0 5", "7 0 5"),
        ("0 0 0", "0 0 0"),
        ("3 20", "– –"),
        ("3 20 30", "– – 30"),
        ("30 3 20", "30 – –"),
        ("2 2 20 30", "– – – 30"),
        ("2 4 20 30", "– – 20 30"),
        ("0 2 4 20", "– – – 20"),
        ("0 0 3 20 30", "– – – – 30"),
        ("1 1 1 0 1", "– – – – –"),
        ("1 1 1 1 1", "– – – – –"),
        ("4 4 9 30", "– – – 30"),
        ("3 3 3", "– – –"),
        ("4 5 5 9", "– – – 9"),
        ("3 6 6 6", "– – – –"),
    ],
)
def test_what_is_shown_of_the_parts_of_a_total(given: str, shown: str) -> None:
    parts = {str(place): int(amount) for place, amount in enumerate(given.split())}
    assert [_said(count) for count in hide(parts, BOARD).values()] == shown.split()


@pytest.mark.parametrize(("amount", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (90, 90)])
def test_a_total_is_hidden_if_it_is_small(amount: int, shown: Count) -> None:
    assert alone(amount, BOARD) == shown


def test_tables_that_leave_the_house_hide_up_to_ten() -> None:
    assert hide({"ja": 9, "nee": 12, "soms": 40}, RESEARCH) == {"ja": None, "nee": None, "soms": 40}
    assert alone(9, RESEARCH) is None
    assert alone(10, RESEARCH) == 10


def test_a_count_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        hide({"Centrum": 9, "Noord": -1}, BOARD)


@given(counts, thresholds)
def test_what_is_shown_is_true_and_never_small(parts: Mapping[str, int], threshold: int) -> None:
    shown = {name: count for name, count in hide(parts, threshold).items() if count is not None}
    assert shown.items() <= parts.items()
    assert not any(0 < count < threshold for count in shown.values())


@given(counts, thresholds)
def test_what_is_hidden_together_is_a_group_that_is_not_small(parts: Mapping[str, int], threshold: int) -> None:
    hidden = [parts[name] for name, count in hide(parts, threshold).items() if count is None]
    if 0 < sum(parts.values()) < threshold:
        assert len(hidden) == len(parts)
    elif hidden:
        assert sum(hidden) >= threshold
        assert len(hidden) >= 2


@given(st.dictionaries(names, st.one_of(st.just(0), st.integers(BOARD, 40)), max_size=9))
def test_nothing_is_hidden_where_nothing_is_small(parts: Mapping[str, int]) -> None:
    assert hide(parts, BOARD) == parts


@given(counts)
def test_neither_names_nor_their_order_matter(parts: Mapping[str, int]) -> None:
    renamed = {f"{name}!": parts[name] for name in sorted(parts, reverse=True)}
    assert hide(renamed, BOARD) == {f"{name}!": count for name, count in hide(parts, BOARD).items()}


# A reader who knows the total, what is shown, and the rule.


@pytest.mark.parametrize(("cells", "most", "threshold"), [(1, 30, 5), (2, 40, 5), (3, 32, 5), (4, 26, 5), (6, 13, 3)])
def test_nobody_works_out_a_small_count_by_the_total_and_the_rule(cells: int, most: int, threshold: int) -> None:
    assert _worked_out(hide, cells, most, threshold) == set()


@pytest.mark.parametrize("cells", [2, 3, 5])
def test_a_rule_that_hides_only_what_is_small_is_found_out(cells: int) -> None:
    assert _worked_out(_only_small, cells, 12, BOARD)


def test_a_rule_that_always_shows_zeros_is_found_out() -> None:
    found = _worked_out(_zeros_shown, 5, 9, BOARD)
    assert ((5, (None,) * 5), "0", 1) in found


def test_a_rule_that_breaks_ties_by_name_is_found_out() -> None:
    found = _worked_out(_tied_by_name, 3, 16, BOARD)
    assert ((14, (None, 5, None)), "0", 4) in found


def test_a_rule_that_lets_all_be_the_same_is_found_out() -> None:
    found = _worked_out(_all_the_same, 3, 16, BOARD)
    assert ((13, (None, None, 5)), "0", 4) in found


def _worked_out(rule: Rule, cells: int, most: int, threshold: int) -> set[tuple[Hashable, str, int]]:
    """What is certain to the reader of any table of so many cells, up to this total."""

    def publish(parts: Truth[str]) -> Hashable:
        return alone(sum(parts.values()), threshold), tuple(rule(parts, threshold).values())

    ways = chain.from_iterable(tables(cells, total) for total in range(most + 1))
    return {*worked_out(({str(place): count for place, count in enumerate(way)} for way in ways), publish, threshold)}


def _said(count: Count) -> str:
    return "–" if count is None else str(count)


# Rules that look good.


def _only_small(parts: Mapping[str, int], threshold: int) -> Mapping[str, Count]:
    return {name: alone(count, threshold) for name, count in parts.items()}


def _zeros_shown(parts: Mapping[str, int], threshold: int) -> Mapping[str, Count]:
    """Ours, of all that is not zero."""
    return {**parts, **hide({name: count for name, count in parts.items() if count}, threshold)}


def _tied_by_name(parts: Mapping[str, int], threshold: int) -> Mapping[str, Count]:
    """The smallest first, and of two that are the same the last name, until there are two that are five together."""
    hidden: list[str] = []
    for name in sorted(parts, key=lambda name: (parts[name], -int(name))):
        together = sum(parts[name] for name in hidden)
        if parts[name] >= threshold and (not together or (len(hidden) > 1 and together >= threshold)):
            break
        hidden.append(name)
    return {name: None if name in hidden else count for name, count in parts.items()}


def _all_the_same(parts: Mapping[str, int], threshold: int) -> Mapping[str, Count]:
    """Two that are five together are enough, whatever they are; what is the same is hidden together."""
    small = [count for count in parts.values() if count < threshold]
    if not any(small):
        return parts
    if sum(small) >= threshold and len(small) > 1:
        return {name: None if count < threshold else count for name, count in parts.items()}
    return hide(parts, threshold)
