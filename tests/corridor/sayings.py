"""What people type in a chat, of every kind; a bird in a text is a word that stands in no other message."""

import re

BIRD = re.compile(r"kwikstaart(\d+)x")
ANY_BIRD = b"kwikstaart"

_PLACE = "{vogel}"
_STORY = (
    "Ik had een brief van de bank over mijn {vogel} en ik wist niet wat ik moest doen. Een man van het Buurtteam ging"
    " met mij mee. Hij praatte rustig en daarna kon ik weer slapen."
)
LONGEST = 4096
"""Characters in one message of Telegram."""

STORIES = (
    _STORY,
    "Ik ging naar het loket en daar stond een {vogel}.",
    "Toen {vogel}",
    "Zij heeft mij geholpen met de brieven van de {vogel}, en dat was heel fijn.",
    "*vet* {titel} _onder_ <b>{vogel}</b> &amp; {code} {{",
)
LONG = (
    (f"{_STORY}\n\n" * 30)[:LONGEST],
    ("{vogel} " + "woord " * LONGEST)[:LONGEST],
    "😀 " * 2000 + "{vogel}",
)
TITLES = ("De brief", "De {vogel}", "Een heel lange titel over de {vogel} " * 4, "1 2 3", "*")
BUTTONS = (
    *("ja", "nee", "1", "2", "3", "7", "99", "ok", "later", "wis", "lezen", "kwijt", "samen", "zelf", "verhaal"),
    *("Blij", "😌", "het tweede", "optie 1", "heel moeilijk", "alle drie", "niet", "oost", "ik ben 45", "75"),
    *("✅ Ja, ik doe mee", "Ja, gooi weg", "Nog een verhaal", "volgende", "mijn eigen verhaal", "Ik ben bewoner"),
    *("ja wacht even", "ja of nee", "weg", "nieuw", "geen idee", "past niet", "ik vul het in voor iemand"),
)
SLIPS = ("bliij", "vedrietig", "moeilyk", "oversla", "stopen", "helppp", "klaaar", "opgelugt", "ja hoorr", "pauz")
WORDS_OF_COMMAND = (
    *("stop", "pauze", "hulp", "terug", "verder", "overslaan", "klaar", "opnieuw", "leegmaken", "wis alles", "help"),
    *("verwijderen", "privacy", "contact", "uitleg", "?", "dit was het", "ik wil stoppen", "dur", "pomoc", "skip"),
)
CRISES = (
    *("ik wil dood {vogel}", "mijn man slaat mij {vogel}", "ik denk aan zelfmoord", "112", "hulp nu", "bel 112"),
    "help mij nu",
)
NUMBERS_OF_PERSONS = (
    *("111222333", "mijn bsn is 111222333 en de {vogel}", "111 222 333", "111.222.333", "1112.22.333", "111-222-333"),
    *("BSN: 1 1 1 2 2 2 3 3 3 {vogel}", "１１１２２２３３３", "١١١٢٢٢٣٣٣", "111\u200b222\u200b333", "111\n222\n333"),
    *("sofinummer 111222333.", "①①①②②②③③③", "111\u00a0222\u00a0333 {vogel}", "/stop 111222333", "ja 111222333"),
    *("111/222/333", "ik heet 111222333 en woon op 1012 AB 5", "11 12 22 333 bsn", "111_222_333"),
)
PERSONAL = (
    *("Bel mij op 06 12345678 over de {vogel}.", "Mijn adres is vogel@voorbeeld.nl {vogel}", "NL91ABNA0417164300"),
    *("Ik woon op 1012 AB 5 {vogel}", "+31 6 1234 5678", "Mevrouw Jansen hielp mij met de {vogel}."),
    *("Mijn collega Peter de Vries zag de {vogel}", "Ik heet Fatima el Bakkali"),
)
PICTURES_AND_LINKS = ("😀", "👍👍👍", "🤷", "https://www.voorbeeld.nl/{vogel}", "www.buurtteam.nl t.me/x")
ABROAD = (
    "The man of the neighbourhood team helped me with the letters and the {vogel} yesterday.",
    "Mahalle ekibindeki kadın bana mektuplar konusunda çok yardım etti ve {vogel} gördük.",
    "ذهبت إلى فريق الحي وساعدني رجل لطيف جدا في الرسائل {vogel}",
    "Pani z zespołu sąsiedzkiego bardzo mi pomogła z listami i {vogel}, dziękuję.",
    "La señora del equipo del barrio me ayudó mucho con las cartas y {vogel}.",
    "La dame de l'équipe de quartier m'a beaucoup aidé avec les lettres et {vogel}.",
    "Die Frau vom Nachbarschaftsteam hat mir sehr mit den Briefen und {vogel} geholfen.",
    "Жінка з команди району дуже допомогла мені з листами {vogel}",
)
AGES = ("ik ben 12", "12", "ik zit in groep 8", "veertien", "ik ben 15 jaar", "ik ben 17", "0", "121")
QUESTIONS = (
    *("wie leest dit?", "bel mij terug", "ik heb een klacht", "is dit anoniem?", "ben je een robot?"),
    "hoe lang duurt dit",
)
NO_RECEIPTS = ("K7PM4TX9R", "k7p-m4t-x9r", "AB1-CD1-EF1", "b3cd5fg6h ", "code")
ODD = (
    *("", " \n ", "/", "//", "/123", "?", "...", "\u202eomgekeerd {vogel}", "a" + "\u0301" * 50, "\ud800half {vogel}"),
    *("\u2800", "\u200b", "0", "-1", "½", "{code} {titel} {verhaal}", "d:t:ja:b1:0:00000000:", "NULL", "'; DROP"),
    *("/stop ik wil niet meer {vogel}", "/klaar nu {vogel}", "/onzin {vogel}", "/hulp@vertelbot", "/START b-noord"),
    *("/start ../../etc", "/verwijderen K7PM4TX9R", "/verwijderen {vogel}", "/start " + "x" * 300),
)

SAYINGS: tuple[str, ...] = (
    *STORIES,
    LONG[0],
    *TITLES,
    *BUTTONS,
    *SLIPS,
    *WORDS_OF_COMMAND,
    *CRISES,
    *NUMBERS_OF_PERSONS,
    *PERSONAL,
    *PICTURES_AND_LINKS,
    *ABROAD,
    *AGES,
    *QUESTIONS,
    *NO_RECEIPTS,
    *ODD,
)

STORY = _STORY


def with_bird(text: str, number: int) -> str:
    """The text with the bird of this number in its place, if it has one."""
    return text.replace(_PLACE, f"kwikstaart{number}x")


def birds(text: str) -> set[int]:
    """The numbers of the birds in a text."""
    return {int(number) for number in BIRD.findall(text)}
