"""Who is added and who waits, by hand."""

from collections import Counter
from collections.abc import Mapping

from disclosure.releasing import divided, enough, released


def letters(cell: str) -> list[str]:
    """Somebody in `ab` is in the rows a and b."""
    return list(cell)


def test_a_row_of_too_few_waits_and_takes_with_it_who_it_leaves_too_few_of() -> None:
    assert enough({"ax": 3, "ay": 2, "by": 3, "bx": 9}, letters, 4) == {"ax": 3, "ay": 2, "by": 3, "bx": 9}
    assert enough({"ax": 3, "ay": 1, "by": 2, "bx": 9}, letters, 4) == {"bx": 9}
    assert enough({"ax": 3, "ay": 1}, letters, 4) == {}


def test_the_whole_grows_when_enough_wait_and_each_is_added_once() -> None:
    days: list[dict[str, int]] = [{"a": 3}, {"b": 1}, {}, {"a": 9, "b": 4}, {"a": 3}]
    assert [*released(days, 4)] == [Counter(), Counter(a=3, b=1), Counter(), Counter(a=9, b=4), Counter()]


def test_a_row_grows_by_more_than_the_least_so_that_a_rest_never_says_how_many_each_has() -> None:
    assert _divided({"a": 4, "b": 5, "c": 3}) == [Counter(b=5)]
    assert _divided({"a": 4, "b": 5, "c": 3}, {"a": 1}) == [Counter(b=5), Counter()]
    assert _divided({"a": 4, "b": 5, "c": 3}, {"a": 1, "c": 1}) == [Counter(b=5), Counter(a=5)]


def test_where_too_few_would_be_left_some_of_the_largest_wait_with_them() -> None:
    assert _divided({"a": 9, "b": 6, "c": 1}) == [Counter(a=6, b=6)]
    assert _divided({"a": 5, "c": 1}) == [Counter()]
    assert _divided({"a": 9, "b": 6}) == [Counter(a=9, b=6)]


def test_each_row_of_what_is_wider_is_divided_by_itself() -> None:
    day = {"ax": 9, "ay": 1, "bx": 6, "by": 6}
    [ready] = divided([day], lambda cell: [cell[1]], 4, within=lambda cell: cell[0])
    assert ready == Counter(ax=6, bx=6, by=6)


def _divided(*days: Mapping[str, int]) -> list[Counter[str]]:
    return [*divided(days, letters, 4)]
