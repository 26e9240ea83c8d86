"""Which formats there are; knows not how any is made."""

from importlib.util import find_spec

from research.export.content import Format
from research.export.formats import (
    cards,
    datasette,
    ddi,
    excel,
    figures,
    narrafirma,
    nested,
    parquet,
    programs,
    qda,
    r,
    spss,
    stata,
    workbook,
)
from research.export.tiers import Tier
from research.faults import ConfigurationFault, UsageFault

FORMATS = (
    Format("csv", "tabellen voor programma's", programs.opened),
    Format("excel", "tabellen voor Excel, met woorden in plaats van codes", excel.opened),
    Format("xlsx", "een werkmap voor Excel en LibreOffice, met alles erin", workbook.opened),
    Format("jsonl", "voor programmeurs: alles van een verhaal bij elkaar", nested.opened),
    Format("spss", "voor SPSS en PSPP, met labels en redenen", spss.opened, ("pyreadstat", "polars")),
    Format("stata", "voor Stata, met labels en redenen", stata.opened, ("pyreadstat", "polars")),
    Format("r", "voor R: een script dat verhalen.csv leest", r.opened),
    Format("parquet", "voor Python, R en DuckDB: één bestand met typen en labels", parquet.opened, ("pyarrow",)),
    Format("datasette", "zoeken en bladeren met Datasette, of met SQLite", datasette.opened),
    Format("ddi", "de beschrijving voor een archief (DDI-Codebook 2.5)", ddi.opened),
    Format("qda", "project met codes voor ATLAS.ti, MAXQDA, NVivo en QualCoder", qda.opened),
    Format("narrafirma", "formulier en verhalen voor NarraFirma", narrafirma.opened),
)
"""In the order in which they are told."""

FIGURES = (
    Format(
        "tabellen",
        "aantallen: de kleine weggelaten, de andere door het lot een beetje veranderd",
        figures.opened,
        explains=figures.EXPLAINED,
    ),
)
"""All that there is for whoever gets no stories."""

CARDS = (
    Format(
        "kaarten",
        "verhalen om aan tafel te lezen: een PDF om te printen en te knippen, en een tabel",
        cards.opened,
        explains=cards.EXPLAINED,
    ),
)


def available(wanted: str, tier: Tier = Tier.RAW) -> tuple[Format, ...]:
    """The formats of these names, with commas between them, or all of a tier that can be made here where none is named.

    `UsageFault` with every name that is none; `ConfigurationFault` where one is named that lacks what it is made with.
    """
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    strange = [name for name in names if name not in {item.name for item in of_tier(tier)}]
    if strange:
        known = ", ".join(item.name for item in of_tier(tier))
        raise UsageFault(f"Deze soort bestand is er niet: {', '.join(strange)}. Kies uit: {known}.")
    missing = {item.name: lacking(item) for item in of_tier(tier) if lacking(item)}
    if short := [name for name in names if name in missing]:
        packages = ", ".join(dict.fromkeys(package for name in short for package in missing[name]))
        raise ConfigurationFault(f"Voor {', '.join(short)} is nog iets nodig ({packages}). Voer uit: make research")
    return tuple(item for item in of_tier(tier) if (item.name in names if names else item.name not in missing))


def of_tier(tier: Tier) -> tuple[Format, ...]:
    """The formats in which what a tier lets out can be handed out."""
    return {Tier.TABLES: FIGURES, Tier.CARDS: CARDS}.get(tier, FORMATS)


def lacking(item: Format) -> list[str]:
    """The packages that a format needs and that are not here."""
    return [package for package in item.needs if find_spec(package) is None]
