"""Stories to show on cards. All of them are invented; knows no paper."""

from research.export.formats.card_sheets import Card

_TOLD = {
    "3f9c1a2b7d4e8f60": """\
# De stapel brieven

Ik durfde mijn post niet meer open te maken. De stapel lag al maanden in de kast.

De mevrouw van het Buurtteam zei: wij beginnen met de brief die u het minst eng vindt. Na een uur was de stapel
weg. Eén brief was echt dringend. Daarover hebben we samen gebeld.
""",
    "a1b2c3d4e5f60718": """\
# Steeds een ander

Ik heb mijn verhaal vier keer verteld, aan vier mensen. Elke keer begon ik opnieuw. De laatste schreef het op en
zei: dit hoeft u nu nooit meer te vertellen. Daar was ik blij om 😀. Maar waarom kon dat niet de eerste keer?
""",
    "0c1d2e3f40516273": """\
# Na het ziekenhuis

Na het ziekenhuis kon ik de trap niet meer op. Mijn buurvrouw zei dat het Buurtteam kan helpen. Ik dacht: dat is
voor mensen met schulden, niet voor mij. Toch ben ik gegaan.

Er zat een man die rustig luisterde. Hij vroeg niet meteen om papieren. Hij vroeg: hoe ziet uw dag eruit?
Niemand had mij dat gevraagd. Ik vertelde over de trap, over de boodschappen en over mijn dochter, die elke
avond kwam en er moe uitzag.

Hij heeft drie dingen opgeschreven. Een traplift, hulp bij het schoonmaken, en iemand die met mij naar buiten
gaat. De hulp was er na twee weken. De traplift duurde vijf maanden. Eerst was de aanvraag kwijt. Toen moest er
iemand komen meten, en die kwam twee keer niet.

Elke keer belde hij mij zelf om te zeggen hoe het ervoor stond. Ook als er niets te zeggen was. Dat maakte het
wachten anders. Ik wist dat ik niet vergeten was.

Nu ga ik op dinsdag met een vrijwilliger naar de markt. We kopen vis en drinken koffie. Mijn dochter komt nog
steeds elke avond, maar nu om te eten en niet om te poetsen. Ze zegt dat ik weer lach.

Wat ik wil meegeven: bel de mensen die wachten. Het kost twee minuten. En leg aan de balie uit dat het Buurtteam
er ook is voor wie geen schulden heeft. Dat wist ik niet, en in mijn straat weet bijna niemand het. Ik vertel
het nu zelf maar door.
""",
}


def _card(key: str, told: str) -> Card:
    """Lines end where they have to in this file; only an empty line is one of the teller."""
    title, *story = (" ".join(part.split()) for part in told.split("\n\n"))
    return Card(key, title.removeprefix("# "), "\n\n".join(story))


STORIES = tuple(_card(key, told) for key, told in _TOLD.items())
