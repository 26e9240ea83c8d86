"""What the code asks of the texts: the ids that it says, the buttons that it acts on, the values that it gives."""

from collections.abc import Iterator, Mapping

from dialogs.asides import EFFECTS
from dialogs.faults import hint, quoted
from dialogs.offers import HELPER
from dialogs.taps import ROLES
from dialogs.texts import placeholders

REQUIRED_TEXTS: tuple[str, ...] = (
    "ALG.anders",
    "ALG.andere_link",
    "ALG.code_fout",
    "ALG.code_kwijt",
    "ALG.code_wacht",
    "ALG.contact",
    "ALG.eerst_ja",
    "ALG.eerste",
    "ALG.erbij",
    "ALG.geen_concept",
    "ALG.gestopt",
    "ALG.herinnering",
    "ALG.hulp",
    "ALG.inzage",
    "ALG.jong",
    "ALG.laten_staan",
    "ALG.leeg",
    "ALG.leeg_concept",
    "ALG.leeg_klaar",
    "ALG.leeg_niet",
    "ALG.link_niet",
    "ALG.meer",
    "ALG.moet",
    "ALG.naam_gezien",
    "ALG.nakijken",
    "ALG.nee",
    "ALG.nog",
    "ALG.overslaan",
    "ALG.pauze",
    "ALG.proef",
    "ALG.rol",
    "ALG.stop",
    "ALG.te_jong",
    "ALG.terug",
    "ALG.uitleg",
    "ALG.veranderen",
    "ALG.veranderen.antwoord",
    "ALG.veranderen.verhaal",
    "ALG.veranderen.zeker",
    "ALG.verder_gaan",
    "ALG.verwijderd",
    "ALG.verwijderen",
    "ALG.verwijderen.zeker",
    "ALG.welkom",
    "ALG.zelf",
    "ALG.zonder_titel",
    "CRISIS",
    "HELP.dank",
    "HELP.kijken",
    "HELP.klaar",
    "HELP.hoort",
    "HELP.niet_erbij",
    "HELP.start",
    "HELP.toestemming",
    "HELP.uitleg",
    "HER.1",
    "HER.2",
    "HER.3",
    "INV.al_verstuurd",
    "INV.bewerkt",
    "INV.bewerkt_niet",
    "INV.bsn",
    "INV.dicht",
    "INV.doorgestuurd",
    "INV.druk",
    "INV.emoji",
    "INV.gewist",
    "INV.knop_voorbij",
    "INV.laat",
    "INV.link",
    "INV.naam",
    "INV.niet_bewaard",
    "INV.niet_gewist",
    "INV.onbekend",
    "INV.oude_knop",
    "INV.rest",
    "INV.te_kort",
    "INV.te_lang",
    "INV.te_lang_kort",
    "INV.tekst_bij_knop",
    "TAAL.nl",
    "UIT.papier.nog_niet",
)
"""Every text id that stands in the code of this room. The sets name two more each: consent and thanks."""

SAID_BY_CHANNELS: tuple[str, ...] = (
    "BOT.beschrijving",
    "BOT.kort",
    "BOT.menu",
    "BOT.naam",
    "INV.bestand",
    "INV.foto",
    "INV.foto_tekst",
    "INV.gestoord",
    "INV.groep",
    "INV.iets",
    "INV.spraak_uit",
    "INV.sticker",
    "STAF.cijfers",
    "STAF.link",
    "STAF.link.gebied",
    "STAF.link.helper",
    "STAF.link.klaar",
    "STAF.link.naam",
    "STAF.link.ophangen",
    "STAF.link.qr",
    "STAF.link.stuur",
    "STAF.link.waar",
    "STAF.uit",
    "STAF.welkom",
    "UIT.adres",
    "UIT.bericht",
    "UIT.bericht_proef",
    "UIT.camera",
    "UIT.duur",
    "UIT.kop",
    "UIT.naam",
    "UIT.papier.alleen",
    "UIT.papier.ander",
    "UIT.papier.bladzijde",
    "UIT.papier.driehoek",
    "UIT.papier.extra",
    "UIT.papier.hoe",
    "UIT.papier.inleveren",
    "UIT.papier.kies",
    "UIT.papier.klaar",
    "UIT.papier.kruisje",
    "UIT.papier.kruisje_nodig",
    "UIT.papier.link",
    "UIT.papier.nummer",
    "UIT.papier.overtypen",
    "UIT.papier.privacy",
    "UIT.papier.rol",
    "UIT.papier.schrijf",
    "UIT.papier.strookje",
    "UIT.papier.verder",
    "UIT.papier.verslag",
    "UIT.papier.weghalen",
    "UIT.proef",
    "UIT.proef_uitleg",
    "UIT.stoppen",
    "UIT.telegram",
    "UIT.van",
    "UIT.waarom",
    "WEB.bezoek",
    "WEB.bezoek_buurt",
    "WEB.bezoek_code",
    "WEB.bezoek_een",
    "WEB.bezoek_klaar",
    "WEB.bezoek_kort",
    "WEB.bezoek_laat",
    "WEB.bezoek_nee",
    "WEB.bezoek_over",
    "WEB.bezoek_proef",
    "WEB.bezoek_schoon",
    "WEB.bezoek_stop",
    "WEB.bezoek_voorbij",
    "WEB.chat",
    "WEB.code_nee",
    "WEB.code_vraag",
    "WEB.contact",
    "WEB.crisis_bezoek",
    "WEB.gedeeld",
    "WEB.geen_internet",
    "WEB.gesprek",
    "WEB.gewist",
    "WEB.hulp",
    "WEB.hulp_bezoek",
    "WEB.inspreken",
    "WEB.kiosk",
    "WEB.kort",
    "WEB.lees_voor",
    "WEB.meer",
    "WEB.menu",
    "WEB.mislukt",
    "WEB.naar_gesprek",
    "WEB.naar_inhoud",
    "WEB.naar_team",
    "WEB.nummers",
    "WEB.onbekend",
    "WEB.opnieuw",
    "WEB.pauze",
    "WEB.pauze_bezoek",
    "WEB.pauze_gedeeld",
    "WEB.privacy",
    "WEB.proef",
    "WEB.proef_kort",
    "WEB.rust",
    "WEB.rust_bezoek",
    "WEB.rust_ja",
    "WEB.rust_nee",
    "WEB.rust_nog",
    "WEB.rust_op_slot",
    "WEB.rust_uitleg",
    "WEB.slot",
    "WEB.slot_code",
    "WEB.slot_dicht",
    "WEB.slot_fout",
    "WEB.slot_kwijt",
    "WEB.slot_let_op",
    "WEB.slot_open",
    "WEB.slot_uitleg",
    "WEB.slot_vijf",
    "WEB.stil",
    "WEB.stop",
    "WEB.stoppen_ja",
    "WEB.stoppen_kwijt",
    "WEB.stoppen_vraag",
    "WEB.te_groot",
    "WEB.te_vaak",
    "WEB.terug",
    "WEB.toegankelijk",
    "WEB.toegankelijk_getest",
    "WEB.toegankelijk_melden",
    "WEB.toegankelijk_nog_niet",
    "WEB.toegankelijkheid",
    "WEB.u",
    "WEB.van_eerder",
    "WEB.veld",
    "WEB.veld_code",
    "WEB.veld_iets",
    "WEB.veld_ook",
    "WEB.verlopen",
    "WEB.versturen",
    "WEB.verwijderen",
    "WEB.volgende",
    "WEB.volgende_ja",
    "WEB.volgende_kwijt",
    "WEB.volgende_vraag",
    "WEB.wie_bezoek",
    "WEB.wissen",
    "WEB.wissen_ja",
    "WEB.wissen_nee",
)
"""Every text id that stands in the code of a channel."""

CONSENT_BUTTONS = ("ja", "nee")

_OWN_BUTTONS: Mapping[str, tuple[str, ...]] = {
    "ALG.anders": ("anders",),
    "ALG.code_fout": ("kwijt",),
    "ALG.code_wacht": ("kwijt",),
    "ALG.leeg": ("ja", "nee"),
    "ALG.leeg_concept": ("ja", "nee"),
    "ALG.meer": ("klaar",),
    "ALG.nakijken": ("verstuur_wel", "verstuur_niet", "veranderen", "extra", "weg"),
    "ALG.overslaan": ("overslaan",),
    "ALG.verwijderen.zeker": ("zien", "ja", "nee"),
    "HELP.dank": ("nog", "klaar"),
    "HELP.start": ("samen", "niet_erbij", "eigen"),
    "HELP.toestemming": ("ja", "nee", "uitleg", "jong"),
    "HELP.uitleg": ("ok",),
    "INV.bsn": ("wis",),
    "INV.doorgestuurd": ("ja", "nee"),
    "INV.te_kort": ("klaar",),
    "INV.te_lang": ("klaar",),
    "UIT.papier.verslag": ("verstuur_wel", "verstuur_niet"),
    "STAF.link.gebied": ("heel",),
    "STAF.link.naam": ("overslaan",),
    "STAF.link.waar": ("stad",),
}
REQUIRED_BUTTONS: Mapping[str, tuple[str, ...]] = {
    **_OWN_BUTTONS,
    **{text_id: tuple(slug for owner, slug in EFFECTS if owner == text_id) for text_id, _ in EFFECTS},
}
"""The buttons that a text has to have."""

KNOWN_BUTTONS: Mapping[str, tuple[str, ...]] = {**REQUIRED_BUTTONS, "ALG.rol": (*ROLES, HELPER)}
"""The only buttons that these texts can have: there is nothing behind another one."""

STUDY_VALUES = frozenset(
    {
        "bewaartermijn",
        "bot_link",
        "buurtteam_telefoon",
        "concept_dagen",
        "contact",
        "fg_contact",
        "onderzoeker",
        "opdrachtgever",
        "privacy_url",
    }
)
"""What a study fills in, once, when the texts are read."""

PHONE_NUMBERS = ("alarmnummer", "kindertelefoon", "veilig_thuis", "zelfmoord", "zelfmoord_gratis")
"""Numbers of help, which stand in a file of their own with the day they were checked."""

CHANNEL_VALUES = frozenset({"kanaal"})
"""What the channel adds to everything that it sends."""

LEFT_OVER = frozenset({"over"})
"""What the channel adds where it had to leave messages on the screen."""

COUNTED = frozenset({"n", "m"})
"""What a question in a block is given: its place, and the number of questions in the block."""

THANKS_VALUES = frozenset({"code"}) | LEFT_OVER

VISITED = frozenset({"plek", "aantal"})

GIVEN: Mapping[str, frozenset[str]] = {
    "ALG.leeg_klaar": LEFT_OVER,
    "ALG.naam_gezien": frozenset({"stukje"}),
    "HELP.dank": THANKS_VALUES,
    "ALG.inzage": frozenset({"titel", "verhaal", "antwoorden"}),
    "ALG.nakijken": frozenset({"titel", "verhaal", "antwoorden"}),
    "ALG.verwijderen.zeker": frozenset({"titel"}),
    "INV.te_lang": frozenset({"max_tekens"}),
    "INV.te_lang_kort": frozenset({"max_tekens"}),
    "STAF.cijfers": frozenset({"bij", "daarna", "open", "stand", "stil", "streep", "totaal", "verhaal", "week"}),
    "STAF.link.klaar": frozenset({"plek", "web", "telegram", "doen"}),
    "STAF.link.qr": frozenset({"adres"}),
    "STAF.welkom": frozenset({"tot", "link", "cijfers", "uit"}),
    "UIT.bericht": frozenset({"adres"}),
    "UIT.papier.alleen": frozenset({"vraag", "keuze"}),
    "UIT.papier.bladzijde": COUNTED,
    "UIT.papier.rol": frozenset({"keuze"}),
    "UIT.papier.weghalen": frozenset({"adres"}),
    "UIT.van": frozenset({"organisatie"}),
    "WEB.bezoek": VISITED,
    "WEB.bezoek_een": VISITED,
    "WEB.bezoek_laat": frozenset({"tijd"}),
}
"""What a text is given with its reply."""

EVERYWHERE = STUDY_VALUES | CHANNEL_VALUES | {*PHONE_NUMBERS}
_ALL = EVERYWHERE.union(COUNTED, THANKS_VALUES, *GIVEN.values())


def misplaced(template: str, allowed: frozenset[str]) -> Iterator[str]:
    """A sentence for each placeholder that gets no value here, so that its line would never be said."""
    rest = template
    for name in sorted(placeholders(template)):
        rest = rest.replace(f"{{{name}}}", "")
        if name not in allowed:
            yield _valueless(name, allowed)
    if "{" in rest or "}" in rest:
        yield "Hier staat een accolade te veel. Een invulplek is een naam in kleine letters, zoals {contact}."


def _valueless(name: str, allowed: frozenset[str]) -> str:
    shown = ", ".join(f"{{{each}}}" for each in sorted(allowed))
    if name in _ALL:
        return f"De invulplek {{{name}}} krijgt hier geen waarde. Hier kan: {shown}."
    near = hint(name, sorted(allowed))
    return f"De invulplek {quoted(name)} bestaat niet.{near or f' Hier kan: {shown}.'}"
