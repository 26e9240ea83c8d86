"""Who is added and who waits, by hand."""

from collections import Counter

from disclosure.releasing import enough, released


def letters(cell: str) -> list[str]:
    """Somebody in `ab` is in the rows a and b."""
    return list(cell)


def test_a_row_of_too_few_waits_and_takes_with_it_who_it_leaves_too_few_of() -> None:
    assert enough({"ax": 3, "ay": 2, "by": 3, "bx": 9}, letters, 4) == {"ax": 3, "ay": 2, "by": 3, "bx": 9}
    assert enough({"ax": 3, "ay": 1, "by": 2, "bx": 9}, letters, 4) == {"bx": 9}
    assert enough({"ax": 3, "ay": 1}, letters, 4) == {}


def test_who_waits_is_added_with_who_comes_later_and_once() -> None:
    days: list[dict[str, int]] = [{"a": 3}, {"a": 1, "b": 5}, {}, {"a": 9, "b": 4}]
    assert [*released(days, letters, 4)] == [Counter(), Counter(a=4, b=5), Counter(), Counter(a=9, b=4)]
