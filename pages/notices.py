"""What staff are told in the place of the page that they asked for; knows no request."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """A heading, what is so, and what to do. `kept`: what to do where what was filled in can be sent once more."""

    title: str
    lines: tuple[str, ...]
    kept: str = "Wat u invulde, is er nog. Blijf op deze bladzijde en tik dan op de knop."


OUTDATED = Notice(
    "Doe het nog een keer",
    (
        "Deze bladzijde was te oud. Er is niets veranderd.",
        "Ga terug en laad de bladzijde opnieuw. Probeer het dan nog een keer.",
    ),
)
TOO_OFTEN = Notice(
    "Het gaat even te snel",
    ("Er is niets veranderd.", "Wacht een minuut en probeer het dan nog een keer."),
    "Wat u invulde, is er nog. Blijf op deze bladzijde, wacht een minuut en tik dan op de knop.",
)
FAILED = Notice(
    "Dit lukt nu niet",
    ("Er is iets mis bij ons. Er is niets veranderd.", "Probeer het over een paar minuten nog een keer."),
    "Wat u invulde, is er nog. Blijf op deze bladzijde, wacht een paar minuten en tik dan op de knop.",
)
OVER = Notice(
    "Uw tijd is voorbij",
    ("U bent steeds 12 uur aangemeld.", "Vraag om een nieuwe link."),
    "Wat u invulde, is er nog. Laat deze bladzijde open staan. Vraag om een nieuwe link, en open hem op dit apparaat."
    " Kom daarna hier terug en tik op de knop.",
)
USED = Notice(
    "Deze link werkt niet meer",
    (
        "Met een link meldt u zich één keer aan. Hij werkt een week lang.",
        "Vraag een nieuwe link aan de persoon van wie u deze kreeg.",
    ),
)
OUT = Notice(
    "U bent afgemeld",
    ("Niemand kan op dit apparaat nog bij uw bladzijden.", "Wilt u weer beginnen? Vraag om een nieuwe link."),
)
