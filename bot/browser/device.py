"""Whose a device is that somebody tells on, as far as that changes what can be promised there; values only."""

from collections.abc import Mapping
from enum import Enum


class Device(Enum):
    """One's own, one in a house of the neighbourhood (a kiosk), or that of a helper who sits beside the teller."""

    OWN = 0
    KIOSK = 1
    VISIT = 2


SAID_OTHERWISE: Mapping[Device, Mapping[str, str]] = {
    Device.OWN: {},
    Device.KIOSK: {"ALG.pauze": "WEB.pauze_gedeeld"},
    Device.VISIT: {
        "ALG.pauze": "WEB.pauze_bezoek",
        "ALG.hulp": "WEB.hulp_bezoek",
        "CRISIS": "WEB.crisis_bezoek",
        "VRAAG.wie": "WEB.wie_bezoek",
    },
}
"""Texts of the conversation that are not true on such a device, and what is said there instead.

On a kiosk nothing waits for who walks away. On a visit somebody reads along, and it is locked where nobody moves.
"""
