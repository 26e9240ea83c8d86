"""Words of crisis are seen in what residents type, and not in ordinary stories; the sentences are in `crisis.toml`."""

import json
import tomllib
from pathlib import Path
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import crisis
from dialogs.checks.parse import parsed
from dialogs.checks.tables import Table
from dialogs.crisis import CrisisWords, crisis_words, fold
from tests.dialogs.written import Tree, merged, without, written

WORDS_FILE = Path(crisis.__file__).parent / "texts" / "crisis.toml"
SENTENCES: dict[str, list[str] | dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("crisis.toml").read_text("utf-8")
)
GOOD: Tree = {
    "asks": ["help mij"],
    "lists": {"mij": ["mij", "me"]},
    "subjects": {"geweld": {"words": ["slaat <mij>", "~verwurging"], "except": ["slaat mij over"]}},
}
PLACE = "subjects.geweld.words"
FULL_WIDTH = {letter: letter + 0xFEE0 for letter in range(0x21, 0x7F)}
KEYS = st.sampled_from(["words", "except", "mij", "x"])
VALUES = st.recursive(
    st.integers() | st.text(max_size=5), lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=8
)
STRANGE = st.text() | st.text(st.characters(categories=["Cs", "Cc", "Mn", "Cf", "Lo", "So"]), max_size=60)


def _flat(*names: str) -> list[str]:
    found: list[str] = []
    for name in names:
        group = SENTENCES[name]
        found += group if isinstance(group, list) else [typed for typed_ in group.values() for typed in typed_]
    return found


SEEN = _flat("seen", "apart")


@pytest.fixture(scope="module")
def words() -> CrisisWords:
    """The words that the chat looks for."""
    return _words(WORDS_FILE.read_text("utf-8"))


@pytest.mark.parametrize("typed", SEEN)
def test_words_of_crisis_are_seen(words: CrisisWords, typed: str) -> None:
    assert words.sees(typed)


@pytest.mark.parametrize("typed", _flat("ordinary"))
def test_an_ordinary_story_shows_nothing(words: CrisisWords, typed: str) -> None:
    assert not words.sees(typed)
    assert not words.asks(typed)


@pytest.mark.parametrize("typed", _flat("asked"))
def test_a_whole_message_can_ask_for_help(words: CrisisWords, typed: str) -> None:
    assert words.asks(typed)


@pytest.mark.parametrize("typed", _flat("not_asked"))
def test_the_same_words_in_a_story_ask_nothing(words: CrisisWords, typed: str) -> None:
    assert not words.asks(typed)
    assert not words.sees(typed)


def test_there_are_sentences_enough_and_every_one_is_told_apart(words: CrisisWords) -> None:
    ordinary = _flat("ordinary")
    assert len(SEEN) >= 120
    assert len(ordinary) >= 120
    assert len(set(SEEN) | set(ordinary)) == len(SEEN) + len(ordinary)
    assert sum(map(words.sees, SEEN)) / len(SEEN) == 1
    assert sum(map(words.sees, ordinary)) / len(ordinary) == 0


@given(typed=st.sampled_from(SEEN))
def test_capitals_accents_and_wide_letters_make_no_difference(words: CrisisWords, typed: str) -> None:
    marked = "".join(f"{letter}\u0301" if letter.isalpha() else letter for letter in typed)
    for same in (typed.upper(), marked, typed.translate(FULL_WIDTH), typed.replace(" ", "\n")):
        assert words.sees(same)


@given(before=st.sampled_from(_flat("ordinary")), typed=st.sampled_from(SEEN), after=st.sampled_from(_flat("ordinary")))
def test_a_story_around_words_of_crisis_does_not_hide_them(
    words: CrisisWords, before: str, typed: str, after: str
) -> None:
    assert words.sees(f"{before}\n{typed}\n{after}")


@given(typed=STRANGE)
def test_any_string_can_be_looked_at(words: CrisisWords, typed: str) -> None:
    assert words.sees(typed) in (True, False)
    assert words.asks(typed) in (True, False)


@pytest.mark.parametrize(
    "typed",
    ["", "\ud800", "\0", "a" + "\u0301\u0323" * 10_000, "👩‍👩‍👧" * 2_000, "\u202e\u0627" * 4_000, "\ufe0f" * 9_000],
    ids=["empty", "surrogate", "nul", "marks", "emoji", "right to left", "variation"],
)
def test_what_is_no_text_holds_no_words(words: CrisisWords, typed: str) -> None:
    assert not words.sees(typed)
    assert not words.asks(typed)


@pytest.mark.parametrize(
    "piece", ["a", "z", "wil ", "ik wil mijn man slaat hij niet ", "niet meer ", "a b ", "m i s h ", "hij gooit man "]
)
def test_the_time_grows_with_the_length_and_no_faster(words: CrisisWords, piece: str) -> None:
    short, long = (_seconds(words, (piece * 80_000)[:length]) for length in (8_000, 80_000))
    assert long < 60 * short + 0.1


def test_words_around_an_exception_do_not_become_neighbours() -> None:
    words = _words(written(merged(GOOD, {"subjects": {"geweld": {"words": ["hij mij"], "except": ["helpt"]}}})))
    assert words.sees("hij mij")
    assert not words.sees("hij helpt mij")


def test_an_exception_covers_only_its_own_words() -> None:
    words = _words(written(GOOD))
    assert not words.sees("hij slaat mij over")
    assert words.sees("hij slaat mij over en later slaat hij me, hij slaat me")


@pytest.mark.parametrize(
    ("pattern", "typed", "other"),
    [
        ("wil dood", "ik wil dood.", "ik wil niet dood"),
        ("wil dood", "ikke wildood", "wil doodmoe"),
        ("help*", "helpen", "behelpen"),
        ("*help*", "behelpen", "hel pen"),
        ("slaat ... kind", "slaat vaak ons oudste kind", "slaat een twee drie vier kind"),
        ("(man|vrouw) slaat", "vrouw slaat", "slaat man"),
        ("<mij> slaan", "me slaan", "hem slaan"),
        ("~verwurging", "vrewurging", "verhuizing"),
        ("~verwurging", "verwurgin", "wurging"),
        ("verwurging", "ver wurging", "verwurgin"),
        ("blijf-van-mijn-lijf", "Blijf van mijn lijf", "blijf van hem af"),
    ],
)
def test_how_a_line_is_written(pattern: str, typed: str, other: str) -> None:
    words = _words(written(merged(GOOD, {"subjects": {"geweld": {"words": [pattern]}}})))
    assert words.sees(typed)
    assert not words.sees(other)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("d.o.o.d", "dood"),
        ("d00d", "dood"),
        ("zelf\u00admoord", "zelfmoord"),
        ("İNTİHAR", "intihar"),
        ("yaşamak istemıyorum", "yasamak istemiyorum"),
        ("zabić", "zabic"),
        ("أريد", "اريد"),
        ("Hij slaadt!", "hei slaad"),
    ],
)
def test_what_sounds_or_looks_the_same_is_the_same(typed: str, same: str) -> None:
    assert fold(typed) == fold(same)


def test_a_vowel_more_is_another_word() -> None:
    assert fold("veerkracht") != fold("verkracht")


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("", "Hier staat geen woord. Schrijf er een, of haal de regel weg."),
        ("\u00ad \u0301", "Hier staat geen woord. Schrijf er een, of haal de regel weg."),
        ("'", 'Hier staat een teken zonder woord. Er staat "\'".'),
        ("wil (dood", 'Hier ontbreekt een haakje of een woord; haakjes in haakjes kan niet. Er staat "wil (dood".'),
        ("()", 'Hier ontbreekt een haakje of een woord; haakjes in haakjes kan niet. Er staat "()".'),
        ("(a|)", 'Hier ontbreekt een haakje of een woord; haakjes in haakjes kan niet. Er staat "(a|)".'),
        (
            "(een|(twee))",
            'Hier ontbreekt een haakje of een woord; haakjes in haakjes kan niet. Er staat "(een|(twee))".',
        ),
        ("dood)", 'Hier sluit een haakje dat niet openging. Er staat "dood)".'),
        ("dood|wil", 'Een | hoort tussen haakjes. Er staat "dood|wil".'),
        ("... dood", 'Drie puntjes horen tussen twee woorden, en niet tussen haakjes. Er staat "... dood".'),
        ("wil … … dood", 'Drie puntjes horen tussen twee woorden, en niet tussen haakjes. Er staat "wil … … dood".'),
        (
            "(wil ... dood)",
            'Drie puntjes horen tussen twee woorden, en niet tussen haakjes. Er staat "(wil ... dood)".',
        ),
        ("wil dood?", 'Het teken "?" kan hier niet. Er staat "wil dood?".'),
        ("slaat <mj>", 'De lijst "mj" bestaat hier niet. Bedoelt u "mij"? Er staat "slaat <mj>".'),
        ("slaat <mij", 'Het teken "<" kan hier niet. Er staat "slaat <mij".'),
        ("ab*", 'Een woord met * heeft minstens 3 letters. Er staat "ab*".'),
        ("*", 'In een woord staat ~ alleen aan het begin, en * aan het begin of het eind. Er staat "*".'),
        (
            "zelf*moord",
            'In een woord staat ~ alleen aan het begin, en * aan het begin of het eind. Er staat "zelf*moord".',
        ),
        ("~dood", 'Een woord met ~ heeft minstens 7 letters. Er staat "~dood".'),
    ],
)
def test_a_line_with_a_mistake_is_refused_where_it_stands(pattern: str, sentence: str) -> None:
    wrong = merged(GOOD, {"subjects": {"geweld": {"words": ["dood", pattern]}}})
    assert _told(wrong) == [f"texts/crisis.toml: {PLACE}.2: {sentence}"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"ask": ["nood"]}, 'ask: De sleutel "ask" bestaat hier niet. Bedoelt u "asks"?'),
        ({"x": 1}, 'x: De sleutel "x" bestaat hier niet. Hier kan: asks, lists, subjects.'),
        (
            {"subjects": {"geweld": {"excpt": ["dood"]}}},
            'subjects.geweld.excpt: De sleutel "excpt" bestaat hier niet. Bedoelt u "except"?',
        ),
        ({"asks": []}, "asks: Hier hoort een lijst met woorden, tussen rechte haken en niet leeg."),
        ({"asks": "nood"}, "asks: Hier hoort een lijst met woorden, tussen rechte haken en niet leeg."),
        ({"asks": ["nood", 112]}, "asks.2: Hier hoort tekst tussen aanhalingstekens."),
        ({"asks": ["<ons>"]}, 'asks.1: De lijst "ons" bestaat hier niet. Er staat "<ons>".'),
        ({"lists": {"ons": []}}, "lists.ons: Hier hoort een lijst met woorden, tussen rechte haken en niet leeg."),
        ({"lists": {"ons": ["<mij>"]}}, 'lists.ons.1: De lijst "mij" bestaat hier niet. Er staat "<mij>".'),
        ({"subjects": {"ander": 3}}, "subjects.ander: Hier hoort een tabel met sleutels en waarden."),
        (
            {"subjects": {"geweld": {"except": []}}},
            "subjects.geweld.except: Hier hoort een lijst met woorden, tussen rechte haken en niet leeg.",
        ),
        (
            {"subjects": {"een twee": {}}},
            'subjects."een twee".words: Hier hoort een lijst met woorden, tussen rechte haken en niet leeg.',
        ),
    ],
)
def test_a_table_with_a_mistake_is_refused_where_it_stands(change: Tree, told: str) -> None:
    assert _told(merged(GOOD, change)) == [f"texts/crisis.toml: {told}"]


def test_what_is_missing_is_told_at_once() -> None:
    assert [fault.removeprefix("texts/crisis.toml: ") for fault in _told({})] == [
        "asks: Hier hoort een lijst met woorden, tussen rechte haken en niet leeg.",
        "subjects: Hier hoort minstens één onderwerp.",
    ]


def test_lists_and_exceptions_may_be_left_out() -> None:
    fewest = {"asks": ["nood"], "subjects": {"geweld": {"words": ["slaat mij"]}}}
    assert _words(written(fewest)).sees("hij slaat mij")
    assert _told(without(GOOD, "subjects.geweld.except")) == []


@given(pattern=st.text("ab ()|<>mij~*.…'-é?\u00ad\u0301", max_size=12))
def test_a_line_is_refused_or_can_be_looked_for(pattern: str) -> None:
    read = crisis_words(Table("texts/crisis.toml", "", merged(GOOD, {"subjects": {"geweld": {"words": [pattern]}}})))
    assert read if isinstance(read, tuple) else read.sees("") is False


@given(value=VALUES)
def test_any_table_is_refused_or_can_be_used(value: object) -> None:
    for key in ("asks", "lists", "subjects"):
        read = crisis_words(Table("texts/crisis.toml", "", {**GOOD, key: value}))
        assert isinstance(read, CrisisWords) or read


def _words(toml: str) -> CrisisWords:
    table = parsed("texts/crisis.toml", toml)
    assert isinstance(table, Table), table
    read = crisis_words(table)
    assert isinstance(read, CrisisWords), read
    return read


def _told(values: Tree) -> list[str]:
    read = crisis_words(Table("texts/crisis.toml", "", json.loads(json.dumps(values))))
    return [] if isinstance(read, CrisisWords) else list(map(str, read))


def _seconds(words: CrisisWords, typed: str) -> float:
    """What it takes of a processor at its best, whatever else the machine is doing."""
    taken = []
    for _ in range(3):
        started = thread_time()
        words.sees(typed)
        words.asks(typed)
        taken.append(thread_time() - started)
    return min(taken)
