"""Every Dutch text of the project is plain, and no text makes the whole harder."""

import sys
from pathlib import Path

import pytest

from tests.plainness.measure import PROFILES, Profile, Readable, faults
from tests.plainness.readable import Shown, general_texts, project_texts, set_files, set_texts
from tests.plainness.reading import mean_sentence, reading_ease, sentences, words

DIALOGS = Path(__file__).parents[2] / "dialogs"

# Far above the thresholds for one text: the texts as a whole may not drift towards them.
HIGHEST_MEAN_SENTENCE = 5.5
LOWEST_READING_EASE = 93.0


@pytest.fixture(scope="module")
def shown() -> list[Shown]:
    general = DIALOGS / "texts" / "nl.toml"
    assert general.is_file(), f"geen teksten: {general} ontbreekt"
    assert set_files(DIALOGS), f"geen vragenlijsten: {DIALOGS / 'sets'} heeft geen .toml"
    return project_texts(DIALOGS)


def test_every_text_is_plain(shown: list[Shown]) -> None:
    found = [f"{each.file}: {fault}" for each in shown for fault in faults(each.readable, each.profile)]
    assert not found, f"{len(found)} fouten:\n" + "\n".join(found)


def test_every_file_holds_texts_to_measure(shown: list[Shown]) -> None:
    measured = {each.file for each in shown}
    assert measured == {"nl.toml", *(file.name for file in set_files(DIALOGS))}


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda each: each.name)
def test_the_texts_together_stay_as_easy_as_they_are(shown: list[Shown], profile: Profile) -> None:
    texts = [each.readable.text for each in shown if each.profile is profile]
    whole = "\n\n".join(texts)
    mean, ease = mean_sentence(whole), reading_ease(whole)
    longest = max(len(words(sentence)) for sentence in sentences(whole))
    sys.stdout.write(
        f"{profile.name}: {len(texts)} teksten, {len(words(whole))} woorden,"
        f" gemiddelde zin {mean:.1f}, langste zin {longest}, Flesch-Douma {ease:.0f}\n"
    )
    assert mean <= HIGHEST_MEAN_SENTENCE
    assert ease >= LOWEST_READING_EASE


def test_a_text_file_is_read_with_its_buttons_and_groups(tmp_path: Path) -> None:
    file = tmp_path / "nl.toml"
    file.write_text(
        '[A.b]\ntext = "Een."\nkind = "help"\n[A.b.buttons]\nja = "Ja"\nnee = "Nee"\n'
        '[A.b.c]\ntext = "Twee."\nprofile = "professional"\n'
        '[T.tr]\ntext = "Merhaba."\nlanguage = "tr"\n[T.nl]\ntext = "Dag."\nlanguage = "nl"\n'
    )
    read = {each.readable.id: each for each in general_texts(file)}
    assert sorted(read) == ["A.b", "A.b.c", "T.nl"]
    assert read["A.b"].readable.buttons == ("Ja", "Nee")
    assert read["A.b"].readable.kind == "help"
    assert [each.profile.name for each in read.values()] == ["resident", "professional", "resident"]


@pytest.mark.parametrize("line", ['profile = "child"', 'kind = "long"'])
def test_an_unknown_profile_or_kind_is_told(line: str, tmp_path: Path) -> None:
    file = tmp_path / "nl.toml"
    file.write_text(f'[A.b]\ntext = "Een."\n{line}\n')
    with pytest.raises(ValueError, match=r"A\.b: .* bestaat niet; kies uit"):
        list(general_texts(file))


def test_the_commands_of_a_menu_are_texts(tmp_path: Path) -> None:
    file = tmp_path / "nl.toml"
    file.write_text('[B.menu.commands]\nstart = "Begin"\n')
    assert [each.readable for each in general_texts(file)] == [Readable("B.menu.commands.start", "Begin")]


def test_a_text_under_an_unknown_name_is_told(tmp_path: Path) -> None:
    file = tmp_path / "nl.toml"
    file.write_text('[A.b]\ntext = "Een."\nfooter = "Twee."\n')
    with pytest.raises(ValueError, match=r"A\.b\.footer: deze tekst wordt niet gemeten"):
        list(general_texts(file))


def test_a_question_set_is_read_to_its_last_button(tmp_path: Path) -> None:
    file = tmp_path / "set.toml"
    file.write_text(
        'profile = "professional"\nname = "Set"\n[blocks.kern]\ncounter = "{n} van {m}"\n'
        '[[questions]]\nid = "q"\nkind = "choice"\ntext = "Een?"\nintro = "Nu."\nname = "Naam"\n'
        'block = "kern"\n'
        '[[questions.prompts]]\ntext = "Twee?"\nbutton = "Meer"\n'
        '[[questions.options]]\nlabel = "Ja"\n[[questions.options]]\nlabel = "Nee"\n'
        '[questions.followup]\ntext = "Drie?"\nbutton = "Af"\n'
        '[questions.pair]\ntext = "Vier?"\nbutton = "Twee"\n'
    )
    read = {each.readable.id: each.readable for each in set_texts(file)}
    assert {name: (each.text, each.buttons) for name, each in read.items()} == {
        "set.name": ("Set", ()),
        "set.blocks.kern.counter": ("{n} van {m}", ()),
        "set.q": ("{n} van {m}\nEen?", ("Ja", "Nee")),
        "set.q.intro": ("Nu.", ()),
        "set.q.name": ("Naam", ()),
        "set.q.prompts.1": ("Twee?", ("Meer",)),
        "set.q.followup": ("Drie?", ("Af",)),
        "set.q.pair": ("Vier?", ("Twee",)),
    }
