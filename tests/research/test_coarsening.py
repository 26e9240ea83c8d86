"""What a teller can be known by fits several, whatever was told, and no more is hidden than that asks for."""

from collections import defaultdict
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from research.export.coarsening import HIDDEN, Known, coarsen

values = st.tuples(st.sampled_from("kl"), st.sampled_from("123"), st.sampled_from("nzo"))
told = st.lists(st.tuples(st.integers(0, 30), values), max_size=60)


def coarse(stories: Mapping[str, tuple[str, Known]]) -> Mapping[str, Known]:
    """The same of tellers and what they are known by in one."""
    tellers = {key: teller for key, (teller, _) in stories.items()}
    return coarsen(tellers, {key: known for key, (_, known) in stories.items()})


def alike(known: dict[str, Known] | object, tellers: dict[str, str]) -> dict[Known, set[str]]:
    """Who has the same combination."""
    assert isinstance(known, dict)
    groups: dict[Known, set[str]] = defaultdict(set)
    for key, combination in known.items():
        groups[combination].add(tellers[key])
    return groups


@given(told)
def test_every_combination_is_that_of_five_or_nothing_is_shown_of_anybody(told: list[tuple[int, Known]]) -> None:
    stories = {f"s{number}": (f"t{teller}", known) for number, (teller, known) in enumerate(told)}
    tellers = {key: teller for key, (teller, _) in stories.items()}
    known = coarse(stories)
    groups = alike(dict(known), tellers)
    few = {combination for combination, found in groups.items() if len(found) < 5}
    everybody = len(set(tellers.values()))
    assert few == set() if everybody >= 5 else few <= {(HIDDEN,) * 3}
    for key, shown in known.items():
        original = stories[key][1]
        assert all(now in (HIDDEN, then) for now, then in zip(shown, original, strict=True))


@given(told)
def test_what_is_hidden_is_a_beginning_and_stays_one(told: list[tuple[int, Known]]) -> None:
    stories = {f"s{number}": (f"t{teller}", known) for number, (teller, known) in enumerate(told)}
    once = coarse(stories)
    half = {key: (stories[key][0], shown) for number, (key, shown) in enumerate(once.items()) if number % 2}
    for shown in (*once.values(), *coarse(half).values()):
        number = shown.count(HIDDEN)
        assert shown[:number] == (HIDDEN,) * number


def test_what_five_share_is_left_as_it_is() -> None:
    stories = {f"s{number}": (f"t{number}", ("k", "1", "n")) for number in range(5)}
    assert dict(coarse(stories)) == dict.fromkeys(stories, ("k", "1", "n"))


def test_the_first_attribute_goes_first_and_only_where_it_has_to() -> None:
    links = ["k", "k", "k", "k", "l"]
    stories = {f"s{number}": (f"t{number}", (link, "1", "n")) for number, link in enumerate(links)}
    assert set(coarse(stories).values()) == {(HIDDEN, "1", "n")}


def test_five_stories_of_one_teller_are_one() -> None:
    stories = {f"s{number}": ("t1", ("k", "1", "n")) for number in range(5)}
    assert set(coarse(stories).values()) == {(HIDDEN,) * 3}


def test_few_of_whom_nothing_is_shown_are_joined_by_the_next_smallest_group() -> None:
    alone = [("x", "9", "w"), ("y", "8", "z")]
    crowd = [("k", "1", "n")] * 5 + [("k", "2", "n")] * 6
    stories = {f"s{number}": (f"t{number}", known) for number, known in enumerate([*alone, *crowd])}
    known = coarse(stories)
    assert [known[f"s{number}"] for number in range(7)] == [(HIDDEN,) * 3] * 7
    assert {known[f"s{number}"] for number in range(7, 13)} == {("k", "2", "n")}
