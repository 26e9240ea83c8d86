"""What a Data Package says of the tables of an export, for programs that check and load them; knows no story.

Version 1 and version 2 of the standard both read it: what only version 2 has (labels of codes, which values are missing
in one column alone), the other passes over. So a code for missing stands in `enum` too.
"""

import json
from collections.abc import Sequence
from datetime import UTC
from uuid import NAMESPACE_OID, uuid5

from research.export import codebook, long, withdrawn
from research.export.content import Content
from research.export.fixed import FIXED, FixedColumn, Holds
from research.export.manifest import Described
from research.export.missing import CODES, MEANINGS
from research.export.rows import KINDS
from research.export.variables import Measure, Variable

FILE = "datapackage.json"

PROFILE, PROFILE_2 = "tabular-data-package", "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE_PROFILE = "tabular-data-resource"

BOOK = "codeboek.csv"
KEY = "verhaal_id"
TYPES = {Holds.CODE: "integer", Holds.NUMBER: "integer", Holds.DAY: "date"}
NUMBERS_OF_ANSWERS = {"code", "waarde", "aandeel_a", "aandeel_b", "aandeel_c"}
PERCENTS = {"minimum": 0, "maximum": 100}

Descriptor = dict[str, object]


def datapackage(content: Content, files: Sequence[Described]) -> str:
    """The text of `datapackage.json`: the tables among these files, which all stand in one folder with it."""
    schemas = {
        codebook.WIDE: ("Een rij voor elk verhaal", _wide(content.variables)),
        codebook.LONG: ("Een rij voor elke vraag van elk verhaal", _long()),
        BOOK: ("Wat elke kolom en elke code betekent", _book()),
        withdrawn.FILE: ("Verhalen die teruggenomen zijn", _withdrawn()),
    }
    made = f"{content.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    described = {str(file["naam"]): file for file in files}
    package: Descriptor = {
        "$schema": PROFILE_2,
        "profile": PROFILE,
        "id": str(uuid5(NAMESPACE_OID, f"{content.about.title} {content.version}")),
        "name": "verhalen",
        "title": content.about.title,
        "description": "Verhalen met de antwoorden erbij. Toegang alleen voor wie deze uitvoer kreeg.",
        "version": content.version,
        "created": made,
        "resources": [_resource(described[name], *about) for name, about in schemas.items() if name in described],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(file: Described, title: str, schema: Descriptor) -> Descriptor:
    name = str(file["naam"])
    return {
        "profile": RESOURCE_PROFILE,
        "type": "table",
        "name": name.removesuffix(".csv"),
        "path": name,
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file["bytes"],
        "hash": f"sha256:{file['sha256']}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _wide(variables: Sequence[Variable]) -> Descriptor:
    return {"fields": [_of_variable(item) for item in variables], "missingValues": [""], "primaryKey": [KEY]}


def _long() -> Descriptor:
    story = [_of_fixed(column) for column in FIXED if column in long.STORY]
    answer = [_of_answer(name, meaning) for name, meaning in long.ANSWER.items()]
    return {
        "fields": [*story, *answer],
        "missingValues": [""],
        "primaryKey": [KEY, "vraag"],
        "foreignKeys": [{"fields": [KEY], "reference": {"resource": "verhalen", "fields": [KEY]}}],
    }


def _book() -> Descriptor:
    return {
        "fields": [_field(name, "integer" if name in ("code", "waarde") else "string") for name in codebook.HEADER],
        "missingValues": [""],
    }


def _withdrawn() -> Descriptor:
    types = {"dag": "date"}
    fields = [_field(name, types.get(name, "string"), meaning) for name, meaning in withdrawn.COLUMNS]
    return {"fields": fields, "missingValues": [""], "primaryKey": [KEY]}


def _of_variable(variable: Variable) -> Descriptor:
    field = _field(variable.name, TYPES.get(variable.holds, "string"), variable.text, variable.title)
    if variable.name == KEY:
        field["constraints"] = {"required": True, "unique": True}
    if variable.holds is Holds.NUMBER and variable.question:
        field["constraints"] = dict(PERCENTS)
    if variable.labels:
        codes = [code for code, _ in (*variable.labels, *variable.missing)]
        field["constraints"] = {"enum": codes}
        field["categories"] = [{"value": code, "label": label} for code, label in variable.labels]
        field["categoriesOrdered"] = variable.measure is Measure.ORDINAL
    if variable.missing:
        named = [{"value": str(code), "label": label} for code, label in variable.missing]
        field["missingValues"] = [{"value": "", "label": "leeg"}, *named]
    return field


def _of_fixed(column: FixedColumn) -> Descriptor:
    field = _field(column.name, TYPES.get(column.holds, "string"), column.meaning, column.title)
    return field | {"constraints": {"required": True}}


def _of_answer(name: str, meaning: str) -> Descriptor:
    field = _field(name, "integer" if name in NUMBERS_OF_ANSWERS else "string", meaning)
    match name:
        case "vraag":
            field["constraints"] = {"required": True}
        case "soort":
            field["constraints"] = {"required": True, "enum": list(KINDS.values())}
        case "code":
            named = [{"value": str(code), "label": reason.value} for reason, code in CODES.items()]
            field["missingValues"] = [{"value": "", "label": "leeg"}, *named]
            field["description"] = " ".join(
                (meaning, *(f"{code}: {MEANINGS[reason]}" for reason, code in CODES.items()))
            )
        case "waarde" | "aandeel_a" | "aandeel_b" | "aandeel_c":
            field["constraints"] = dict(PERCENTS)
        case _:
            pass
    return field


def _field(name: str, kind: str, description: str = "", title: str = "") -> Descriptor:
    said = {"title": title, "description": description}
    return {"name": name, "type": kind, **{key: text for key, text in said.items() if text}}
