"""Words with which people give commands, as whole messages; knows no button and does nothing."""

from dialogs.events import Command

SPOKEN: dict[str, Command] = {
    "hulp": Command.HELP,
    "help": Command.HELP,
    "stop": Command.STOP,
    "stoppen": Command.STOP,
    "pauze": Command.PAUSE,
    "terug": Command.BACK,
    "verder": Command.ON,
    "overslaan": Command.SKIP,
    "sla over": Command.SKIP,
    "opnieuw": Command.START,
    "klaar": Command.DONE,
}
"""Words that the texts tell people to type: they count everywhere, also where words are the answer."""

ABROAD: dict[str, Command] = {
    "dur": Command.STOP,
    "durdur": Command.STOP,
    "توقف": Command.STOP,
    "قف": Command.STOP,
    "zatrzymaj": Command.STOP,
    "arret": Command.STOP,
    "yardım": Command.HELP,
    "مساعدة": Command.HELP,
    "pomoc": Command.HELP,
    "ayuda": Command.HELP,
    "aide": Command.HELP,
    "hilfe": Command.HELP,
}
"""To stop and to ask for help must not take Dutch; as whole messages, and no words of a Dutch story."""

DONE: dict[str, Command] = {
    "ik ben klaar": Command.DONE,
    "dit was het": Command.DONE,
    "dat was het": Command.DONE,
    "het is af": Command.DONE,
    "mijn verhaal is af": Command.DONE,
    "dit is mijn verhaal": Command.DONE,
}

AWAY: dict[str, Command] = {
    "verwijder alles": Command.ERASE,
    "alles verwijderen": Command.ERASE,
    "wis alles": Command.ERASE,
    "alles wissen": Command.ERASE,
    "gooi alles weg": Command.ERASE,
    "alles weg": Command.ERASE,
    "leegmaken": Command.CLEAR,
    "maak leeg": Command.CLEAR,
    "gesprek leegmaken": Command.CLEAR,
    "gesprek wissen": Command.CLEAR,
    "wis gesprek": Command.CLEAR,
    "chat leegmaken": Command.CLEAR,
}
"""Whoever is not safe must be able to say so at any moment: as whole messages, and no words of a story."""

LOOSE: dict[str, Command] = {
    "uitleg": Command.HELP,
    "hulp nodig": Command.HELP,
    "snap niet": Command.HELP,
    "snap het niet": Command.HELP,
    "begrijp niet": Command.HELP,
    "begrijp het niet": Command.HELP,
    "ophouden": Command.STOP,
    "pauzeren": Command.PAUSE,
    "later": Command.PAUSE,
    "later verder": Command.PAUSE,
    "morgen verder": Command.PAUSE,
    "vorige": Command.BACK,
    "doorgaan": Command.ON,
    "skip": Command.SKIP,
    "oversla": Command.SKIP,
    "volgende": Command.SKIP,
    "start": Command.START,
    "begin opnieuw": Command.START,
    "opnieuw beginnen": Command.START,
    "privacy": Command.PRIVACY,
    "contact": Command.CONTACT,
    "verwijderen": Command.WITHDRAW,
    "verwijder": Command.WITHDRAW,
    "verhaal weghalen": Command.WITHDRAW,
    "verhaal verwijderen": Command.WITHDRAW,
}
