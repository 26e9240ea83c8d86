"""All that staff may do, in one hand for every face: the pages, the chat and the commands; does nothing itself."""

from dataclasses import dataclass

from bot.intake import Intake
from bot.settings import Settings
from bot.staff.addresses import Addresses, addresses_of
from bot.staff.handing_out import HandingOut
from bot.staff.papers import Papers
from bot.staff.place_links import PlaceLinks
from counting.numbers import Numbers, by_chance
from dialogs.library import Library
from pages.signing_in import SigningIn


@dataclass(frozen=True)
class Desk:
    """Over one database. Each thing that is asked for says by whom, and is refused there if it may not be."""

    signing_in: SigningIn
    links: PlaceLinks
    papers: Papers
    numbers: Numbers
    handing_out: HandingOut
    library: Library
    addresses: Addresses


def desk(settings: Settings, intake: Intake) -> Desk:
    """The desk of a bot: its database, keys, texts and clock are those of the corridor."""
    over, study = (intake.database, intake.keys), settings.study
    addresses = addresses_of(settings)
    organisation = "" if "onderzoeker" in study.unfilled() else study.onderzoeker
    return Desk(
        SigningIn(*over, intake.clock, intake.journal),
        PlaceLinks(*over, intake.library, intake.clock),
        Papers(*over, intake.library, intake.clock),
        Numbers(*over, intake.library, intake.clock, by_chance(intake.keys)),
        HandingOut(intake.library.texts, addresses, organisation),
        intake.library,
        addresses,
    )
