"""Ways through the conversation that together come to every kind of screen; values only."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.bot.story import FIRST, LINK, SENDING, STORY, Move, says, taps
from tests.system.visiting import RECEIPT, YES

TURKISH = "Mahalle ekibi bana çok yardım etti ve şimdi daha iyiyim, borçlarım için bir plan yaptık."
ARABIC = "ذهبت إلى فريق الحي مع رسائل البنك وقرأوها معي، والآن أدفع كل شهر مبلغا صغيرا."
LONG_WORD = "arbeidsongeschiktheidsverzekeringsmaatschappij" * 6


@dataclass(frozen=True)
class Walk:
    """What somebody does from the page `path` on. `language`: what her browser asks for."""

    name: str
    path: str
    moves: Sequence[Move]
    language: str = "nl"


WALKS = (
    Walk("een heel verhaal", f"/v/{LINK}", STORY[1:]),
    Walk("wie bent u", "/", (taps("Ik ben bewoner"), taps("ℹ️ Meer uitleg"), taps("Ik ben jonger dan 16"))),
    Walk("wie niet meedoet", f"/v/{LINK}", (taps("❌ Nee, ik doe niet mee"),)),
    Walk(
        "stoppen en verder",
        f"/v/{LINK}",
        (
            YES,
            says(FIRST),
            says("/pauze"),
            taps("▶️ Verder"),
            says("/stop"),
            taps("▶️ Nee, nu verder"),
            says("hulp"),
            taps("▶️ Verder"),
            says("/contact"),
            says("/terug"),
            says("/stop"),
            taps("🗑 Ja, gooi weg"),
        ),
    ),
    Walk(
        "veranderen",
        f"/v/{LINK}",
        (
            *STORY[1 : -len(SENDING)],
            taps("✏️ Iets veranderen"),
            taps("Mijn verhaal"),
            taps("↩️ Terug"),
            taps("Een antwoord"),
            taps("Gevoel"),
            taps("😟 Bezorgd"),
            taps("🗑 Niet versturen"),
        ),
    ),
    Walk(
        "weghalen",
        f"/v/{LINK}",
        (
            *STORY[1:],
            taps("🗑 Verhaal weghalen"),
            says("AB1-CD1-EF1"),
            says(RECEIPT),
            taps("👀 Eerst lezen"),
            taps("🗑 Ja, haal weg"),
        ),
    ),
    Walk("in nood", f"/v/{LINK}", (says("ik wil dood"), YES, says("mijn man slaat mij"), taps("⏸ Later verder"))),
    Walk("een nummer", f"/v/{LINK}", (YES, says("Mijn BSN is 111222333 en dat vroegen zij drie keer."))),
    Walk("een lang woord", f"/v/{LINK}", (YES, says(LONG_WORD), taps("✅ Klaar"))),
    Walk("een regel in het Turks", f"/v/{LINK}", (YES, says(TURKISH)), "tr"),
    Walk("van rechts naar links", f"/v/{LINK}", (YES, says(ARABIC), taps("✅ Klaar")), "ar"),
    Walk(
        "een helper",
        "/v/h-noord7",
        (
            taps("Ja, wij doen het samen"),
            taps("▶️ Wij beginnen"),
            taps("ℹ️ Meer uitleg"),
            taps("✅ De verteller zegt ja"),
            says(FIRST),
        ),
    ),
)
