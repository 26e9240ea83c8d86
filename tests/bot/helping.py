"""A helper who tells for several people in a row, from the link to the receipt; knows no channel."""

from tests.bot.story import Move, says, taps

HELPER_LINK = "h-noord-huis"
WORDS = (
    "Ik had een kwakelbrief van de bank en ik wist niet wat ik moest doen. "
    "Een man van het Buurtteam las die brief met mij en belde daarna de bank op."
)
TITLE = "De zwabbelbrief"
COMING_IN = (taps("Ja, wij doen het samen"), taps("▶️ Wij beginnen"))
AGREEING = (taps("✅ De verteller zegt ja"),)
TELLING = (
    says(WORDS),
    taps("✅ Klaar"),
    says(TITLE),
    taps("😌 Opgelucht"),
    taps("Makkelijk"),
    taps("Vooral wat ik nodig had"),
    taps("🗣 Praten en luisteren"),
    taps("Eén vaste medewerker"),
    taps("Iets beter"),
    taps("65 tot en met 74"),
    *(taps("⏭ Overslaan"),) * 3,
    taps("De helper"),
    taps("Wij samen"),
)
SENDING = taps("✅ Ja, en versturen")
NEXT = taps("➕ Volgende verteller")
ENOUGH = taps("Klaar")
TOLD: tuple[Move, ...] = (*COMING_IN, *AGREEING, *TELLING)
OF_THE_TELLER = ("kwakelbrief", "zwabbelbrief", "Opgelucht", "65 tot en met 74")
"""What of the first teller nobody may read afterwards."""
