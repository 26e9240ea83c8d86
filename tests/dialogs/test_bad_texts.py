"""Every fault of the texts is told in Dutch; a bad text is laid over texts that are good."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from dialogs.asking import GROUP
from dialogs.checks import texts
from dialogs.checks.parse import parsed
from dialogs.checks.relied_on import REQUIRED_TEXTS, SAID_BY_CHANNELS
from dialogs.checks.tables import Table
from dialogs.checks.texts import Said, texts_in
from dialogs.faults import Fault, Faults
from dialogs.load import load_library
from tests.dialogs.written import good_texts, merged, without, written

DIALOGS = Path(texts.__file__).parent.parent
CHANNELS = DIALOGS.parent / "bot"
GOOD_SETS = Path(__file__).parents[1] / "sets" / "good"
BAD = sorted((Path(__file__).parents[1] / "texts" / "bad").glob("*.toml"))


@pytest.mark.parametrize("bad", BAD, ids=lambda file: file.stem)
def test_a_bad_text_is_refused_with_the_faults_it_announces(bad: Path, tmp_path: Path) -> None:
    told = [str(fault).removeprefix("texts/nl.toml: ") for fault in _faults(tmp_path, _laid_over(bad))]
    assert sorted(told) == sorted(re.findall(r"^# fout: (.*)$", bad.read_text("utf-8"), re.MULTILINE))


def test_the_fewest_texts_have_no_faults(tmp_path: Path) -> None:
    assert _faults(tmp_path, written(good_texts())) == ()


def test_a_file_without_texts_lacks_every_text(tmp_path: Path) -> None:
    keys = {fault.key for fault in _faults(tmp_path, "") if fault.file == "texts/nl.toml"}
    assert keys == {*REQUIRED_TEXTS, *SAID_BY_CHANNELS}


def test_every_check_is_provoked_by_a_bad_text() -> None:
    read = [parsed(bad.name, _laid_over(bad)) for bad in BAD]
    every = [
        Said(table.file, {text.key: text for text in texts_in(table)}) for table in read if isinstance(table, Table)
    ]
    provoked = {check.__name__ for check in texts.CHECKS for said in every if any(check(said))}
    assert {check.__name__ for check in texts.CHECKS} - provoked == set()


def test_the_required_texts_are_those_that_the_code_names() -> None:
    modules = [file for file in DIALOGS.glob("*.py") if file.name != "relied_on.py"]
    assert _named(modules) == sorted(REQUIRED_TEXTS)


def test_the_texts_of_the_channels_are_those_that_their_code_names() -> None:
    # A channel shows some texts of the conversation as well, or knows them again.
    named = {*_named(CHANNELS.rglob("*.html")), *_named(CHANNELS.rglob("*.py"))}
    answers = {text_id for text_id in named if text_id.startswith(GROUP)}
    assert sorted(named - set(REQUIRED_TEXTS) - answers) == sorted(SAID_BY_CHANNELS)
    assert answers <= load_library({}).texts.keys()
    assert set(SAID_BY_CHANNELS) & set(REQUIRED_TEXTS) == set()


def _named(modules: Iterable[Path]) -> list[str]:
    """The ids of texts that stand in code, each once."""
    quoted = r"""["']((?:ALG|BOT|HELP|HER|INV|MED|STAF|TAAL|UIT|VRAAG|WEB)\.[a-z0-9_.]+|CRISIS)["']"""
    return sorted({text_id for file in modules for text_id in re.findall(quoted, file.read_text("utf-8"))})


def _laid_over(bad: Path) -> str:
    """The good texts with those of a bad file in them and without what it takes away ("# weg: …"), as a file."""
    words = bad.read_text("utf-8")
    try:
        change = tomllib.loads(words)
    except tomllib.TOMLDecodeError:
        return words
    texts = good_texts()
    for key in re.findall(r"^# weg: (.*)$", words, re.MULTILINE):
        texts = without(texts, key)
    return written(merged(texts, change))


def _faults(folder: Path, texts: str) -> tuple[Fault, ...]:
    file = folder / "texts" / "nl.toml"
    file.parent.mkdir()
    file.write_text(texts, encoding="utf-8")
    try:
        load_library({}, folder=GOOD_SETS, texts_file=file)
    except Faults as refused:
        return refused.faults
    return ()
