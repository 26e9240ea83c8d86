"""What stands open before consent: which question, for which set, by which link; knows no event and keeps nothing.

The stages are ROLE (only where the link does not tell it) and CONSENT; where somebody helps, HELPING, HINTS and ALOUD
instead. All that is known travels in the buttons.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dialogs.library import Library
from dialogs.links import NONE, Link, is_code, may_be_code, normal_code
from dialogs.questions import QuestionSet
from dialogs.replies import Button, DoorTap, Offer, PlainTap, Reply, column
from dialogs.taps import LINK_LIMIT
from dialogs.texts import fingerprint

ROLE = "r"
CONSENT = "t"
HELPING = "h"
HINTS = "u"
ALOUD = "v"

HELPER = "helper"
HELPER_LETTER = "h"
HELPED_ROLE = "bewoner"
"""Whoever helps comes by a link with this letter, or says so; the story is that of a resident."""

_TEXTS: Mapping[str, str] = {
    ROLE: "ALG.rol",
    HELPING: "HELP.start",
    HINTS: "HELP.uitleg",
    ALOUD: "HELP.toestemming",
}
HELPED_THANKS = "HELP.dank"
"""Where somebody helps the receipt is written down for the teller, the screen is cleared, and the next one may come."""

_LINK = re.compile(rf"[A-Za-z0-9_-]{{1,{LINK_LIMIT}}}", re.ASCII)


@dataclass(frozen=True)
class Standing:
    """The question that stands open before consent, with what is known so far."""

    stage: str = ROLE
    offer: Offer = field(default_factory=Offer)


def is_link(typed: str) -> bool:
    """Whether this can be the code of a link, so that it fits on a button."""
    return bool(_LINK.fullmatch(typed))


def normal_link(typed: str) -> str:
    """A link as it is looked up: a code is the same in capitals or in pieces, for whoever copies it from paper."""
    return normal_code(typed) if may_be_code(normal_code(typed)) else typed


def leads_nowhere(link: str, links: Mapping[str, Link]) -> bool:
    """Whether this is the code of a link that is unknown (also by a slip), over, paused, or not yet begun.

    One that is to try it out leads to a trial always: what is told by it must never count as a story of somebody.
    """
    return may_be_code(link) and not (link in links and (links[link].works or links[link].test))


def standing(library: Library, link: str, question_set: str = "", links: Mapping[str, Link] = NONE) -> Standing:
    """Where somebody stands who comes in by a link that works, or by none.

    A link of staff is known by its code. Of any other the first letter names a set; one that cannot be a link is none.
    """
    if link in links:
        return _by_code(library, links[link])
    offer = Offer(link=link if is_link(link) and not is_code(link) else "")
    letter = offer.link[0] if re.match(r"[a-z]-", offer.link) else ""
    if letter == HELPER_LETTER and not question_set:
        return helping(library, offer)
    questions = library.newest(question_set) or library.lettered(letter)
    return consenting(library, questions, offer) if questions else Standing(ROLE, offer)


def _by_code(library: Library, link: Link) -> Standing:
    """A helper of a visit knows how to help: the next teller is asked at once."""
    offer = Offer(link=link.code)
    if link.helped:
        return helping(library, offer, ALOUD if link.visit else HELPING)
    questions = library.newest(link.question_set)
    return consenting(library, questions, offer) if questions else Standing(ROLE, offer)


def consenting(library: Library, questions: QuestionSet, offer: Offer) -> Standing:
    """Consent is asked for this set."""
    return Standing(CONSENT, pinned(library, questions, offer, CONSENT))


def helping(library: Library, offer: Offer, stage: str = HELPING) -> Standing:
    """Somebody helps a resident. Where there is no set for residents, the role is asked."""
    questions = library.for_role(HELPED_ROLE)
    if questions is None:
        return Standing(ROLE, offer)
    return Standing(stage, pinned(library, questions, replace(offer, role=HELPED_ROLE), stage))


def pinned(library: Library, questions: QuestionSet, offer: Offer, stage: str) -> Offer:
    """The offer with the set, and with a mark of the words of the consent that is, or will be, on the screen."""
    shown = fingerprint(library.text(consent_id(questions, stage)).text)
    return replace(offer, letter=questions.letter, version=questions.version, fingerprint=shown)


def consent_id(questions: QuestionSet, stage: str) -> str:
    """The id of the text that consent is given to: one that is read aloud where somebody helps."""
    return questions.consent if stage in (ROLE, CONSENT) else _TEXTS[ALOUD]


def offered_set(library: Library, offer: Offer) -> QuestionSet | None:
    """The very version of the set that an offer names."""
    versions = (item for item in library.sets.values() if item.letter == offer.letter)
    return next((item for item in versions if item.version == offer.version), None)


def renewed(library: Library, stand: Standing) -> Standing:
    """The same question with the words that stand in the texts now; without a set the role is asked."""
    questions = library.lettered(stand.offer.letter)
    if questions is None or stand.stage == ROLE:
        return Standing(ROLE, Offer(link=stand.offer.link))
    return Standing(stand.stage, pinned(library, questions, stand.offer, stand.stage))


def question(library: Library, stand: Standing) -> Reply:
    """The question itself, with everything that is known in its buttons. A stage of nowhere (forged) is ROLE."""
    questions = offered_set(library, stand.offer)
    asked = stand.stage if questions and stand.stage in (CONSENT, *_TEXTS) else ROLE
    text = library.text(questions.consent if questions and asked == CONSENT else _TEXTS[asked])
    return Reply(text.id, text.text, rows=rows(Standing(asked, stand.offer), text.buttons, text.words))


def next_teller(library: Library, link: str) -> tuple[tuple[Button, ...], ...]:
    """With what a helper who came by this link goes on with somebody else, also where nothing was sent."""
    thanks = library.text(HELPED_THANKS)
    return column({"nog": thanks.buttons["nog"]}, thanks.words, lambda _: PlainTap("volgende", link))


def is_trial(link: str, links: Mapping[str, Link]) -> bool:
    """Whether what is told by this link is to try it out, and counts nowhere."""
    return link in links and links[link].test


def rows(
    stand: Standing, labels: Mapping[str, str], words: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[Button, ...], ...]:
    """A button a row for each option of what stands open."""
    return column(labels, words, lambda slug: DoorTap(stand.stage, slug, stand.offer))
