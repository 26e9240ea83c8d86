"""The script for R, as a text; R itself runs it in tests/system."""

from pathlib import Path

from research.export.formats import r
from tests.research.told import BEWONER, nth, tell
from tests.research.written import content_of, write


def script_of(folder: Path) -> str:
    """What stands in the file."""
    return (write(r.opened, folder, [tell(BEWONER, nth(0))]) / "r" / "lees_verhalen.R").read_text("utf-8")


def test_it_is_ascii_so_that_no_machine_reads_other_letters(tmp_path: Path) -> None:
    script = script_of(tmp_path)
    assert script.isascii()
    assert '"\\U{1f937} Weet ik niet"' in script


def test_it_knows_every_column_in_order_and_no_story(tmp_path: Path) -> None:
    script = script_of(tmp_path)
    places = [script.index(f"\n  {item.name} = list(") for item in content_of().variables]
    assert places == sorted(places)
    assert "Mijn verhaal." not in script


def test_two_codes_with_one_label_stay_two() -> None:
    question = BEWONER.question("leeftijd")
    assert question.kind == "choice"
    options = tuple(item.model_copy(update={"label": "Even oud"}) for item in question.options[:2])
    asked = question.model_copy(update={"options": options})
    alike = BEWONER.model_copy(
        update={"questions": tuple(asked if item.id == "leeftijd" else item for item in BEWONER.questions)}
    )
    assert 'labels = c("Even oud (1)", "Even oud (2)")' in r.script(content_of((alike,)))
