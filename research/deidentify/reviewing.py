"""A review of the second texts of one story: what somebody does and what comes of that; shows and keeps nothing.

`step(review, event)` is all there is to it, for a terminal and for a page alike: it never changes what it is given, and
an event that does not fit leaves the review as it was. Whoever shows it asks `proposals` for what stands where, `focus`
for the one that is pointed at, `choices` for what may stand in a place, and `left` for what may not leave. When the
reviewer accepts, `review.texts` is what `storage.second_texts.review` keeps.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from dialogs.personal.seeing import Span
from research.deidentify.kinds import COUNTED, Kind
from research.deidentify.leaving import second_scan
from research.deidentify.masking import placeholder
from research.deidentify.pieces import words
from storage.second_texts import Mask, Masked, SecondTexts

BY_HAND = "zelf"
"""The rule of what a reviewer put there."""

LONGEST = 40
"""Signs of a placeholder."""

MOST = 100
"""People in one story."""

Place = tuple[int, int]
"""Which text, and which mask in it."""


@dataclass(frozen=True)
class Words:
    """Words that are being chosen: in which text, from the first up to and including the last, as they are counted."""

    text: int
    first: int
    last: int


@dataclass(frozen=True)
class Review:
    """Where a reviewer is with a story. `at` counts through the proposals of all its texts.

    `chosen`: words that are being chosen, None where none are. `earlier` is what there was before each change.
    """

    story: str
    texts: tuple[Masked, ...] = field(repr=False)
    at: int = 0
    chosen: Words | None = None
    earlier: tuple[tuple[Masked, ...], ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Moved:
    """Points at another proposal: 1 for the next, -1 for the one before; while words are chosen, at other words."""

    by: int


@dataclass(frozen=True)
class Removed:
    """Lets the words stand that the proposal would mask; `everywhere`: wherever these words are masked in the story."""

    everywhere: bool = False


@dataclass(frozen=True)
class Changed:
    """Puts something else in the place of the proposal, wherever the same words stand with the same placeholder."""

    words: str


@dataclass(frozen=True)
class Added:
    """Masks a piece of a text: `start` up to `end`, in code points. `everywhere`: and the same words elsewhere."""

    text: int
    start: int
    end: int
    words: str
    everywhere: bool = True


@dataclass(frozen=True)
class Choosing:
    """Begins to choose words, at those behind the proposal that is pointed at."""


@dataclass(frozen=True)
class Stretched:
    """Takes one word more (1) or less (-1)."""

    by: int


@dataclass(frozen=True)
class Given:
    """What is to stand for the words that were chosen."""

    words: str


@dataclass(frozen=True)
class LetGo:
    """Chooses no words after all."""


@dataclass(frozen=True)
class Undone:
    """Takes the last change back."""


Event = Moved | Removed | Changed | Added | Choosing | Stretched | Given | LetGo | Undone


def begin(story: str, texts: Mapping[str, str], there: SecondTexts) -> Review:
    """The review of a story as it was proposed. `texts` is what was typed, in the order in which it is shown."""
    masked = [Masked(question, typed, there[question].masks) for question, typed in texts.items() if question in there]
    return Review(story, tuple(masked))


def step(review: Review, event: Event) -> Review:
    """The review after something was done."""
    match event:
        case Moved(by):
            return _shifted(review, by) if review.chosen else _pointed(review, review.at + by)
        case Removed(everywhere):
            return _removed(review, everywhere=everywhere)
        case Changed(said):
            return _changed(review, said)
        case Added():
            return _added(review, event)
        case Choosing():
            return _choosing(review)
        case Stretched(by):
            return _stretched(review, by)
        case Given(said):
            return _given(review, said)
        case LetGo():
            return replace(review, chosen=None)
        case Undone():
            return _undone(review)


def proposals(review: Review) -> list[Place]:
    """Every proposal in the order in which they are read."""
    return [(text, mask) for text, item in enumerate(review.texts) for mask in range(len(item.masks))]


def focus(review: Review) -> Place | None:
    """The proposal that is pointed at; None where there is none."""
    places = proposals(review)
    return places[review.at] if places else None


def chosen_piece(review: Review) -> tuple[int, int, int] | None:
    """The words that are being chosen: which text, from where up to where."""
    if review.chosen is None:
        return None
    spans = _spans(review.texts[review.chosen.text])
    return review.chosen.text, spans[review.chosen.first][0], spans[review.chosen.last][1]


def choices(review: Review) -> list[str]:
    """What may stand in a place: the people of this story, one more, every other kind, and what a reviewer wrote."""
    used = _used(review)
    people = [placeholder(kind, number) for kind in COUNTED for number in _numbers_used(used, kind)]
    fresh = [placeholder(kind, _next_number(used, kind)) for kind in COUNTED]
    offered = [*people, *fresh, *(placeholder(kind) for kind in Kind if kind not in COUNTED)]
    return [*offered, *sorted(used.difference(offered))]


def somebody_new(review: Review) -> str:
    """What stands for a person who is not in the story yet."""
    return placeholder(Kind.NAME, _next_number(_used(review), Kind.NAME))


def standing(review: Review) -> str:
    """What stands in the place that is pointed at; "" where none is."""
    found = _focused(review)
    return found[1].words if found else ""


def unmasked(text: Masked, said: str) -> Iterator[Span]:
    """Where these words stand, as whole words, and nothing is masked yet."""
    wanted = [word.low for word in words(said)]
    found = words(text.typed)
    after = 0
    for at in range(len(found) - len(wanted) + 1 if wanted else 0):
        part = found[at : at + len(wanted)]
        start, end = part[0].start, part[-1].end
        free = after <= start and all(mask.end <= start or end <= mask.start for mask in text.masks)
        if free and [word.low for word in part] == wanted:
            after = end
            yield start, end


def left(review: Review) -> list[Kind]:
    """What still stands in the second texts and may never leave: with it, no export would take this story."""
    kinds = {kind for text in review.texts for kind in second_scan(text.words)}
    return [kind for kind in Kind if kind in kinds]


def _pointed(review: Review, at: int) -> Review:
    last = max(len(proposals(review)) - 1, 0)
    return replace(review, at=min(max(at, 0), last))


def _with(review: Review, texts: Sequence[Masked]) -> Review:
    """After a change, which can be undone; nothing that is the same is one."""
    if tuple(texts) == review.texts:
        return replace(review, chosen=None)
    changed = replace(review, texts=tuple(texts), earlier=(*review.earlier, review.texts), chosen=None)
    return _pointed(changed, review.at)


def _undone(review: Review) -> Review:
    if not review.earlier:
        return replace(review, chosen=None)
    before = replace(review, texts=review.earlier[-1], earlier=review.earlier[:-1], chosen=None)
    return _pointed(before, review.at)


def _focused(review: Review) -> tuple[Place, Mask] | None:
    place = focus(review)
    return None if place is None else (place, review.texts[place[0]].masks[place[1]])


def _said(text: Masked, mask: Mask) -> str:
    return text.typed[mask.start : mask.end].casefold()


def _removed(review: Review, *, everywhere: bool) -> Review:
    found = _focused(review)
    if found is None:
        return review
    place, gone = found
    said = _said(review.texts[place[0]], gone)
    texts = []
    for at, text in enumerate(review.texts):
        kept = [
            mask
            for mask in text.masks
            if (_said(text, mask) != said if everywhere else (at != place[0] or mask != gone))
        ]
        texts.append(replace(text, masks=tuple(kept)))
    return _with(review, texts)


def _changed(review: Review, words_: str) -> Review:
    found = _focused(review)
    shown = _shown(words_)
    if found is None or not shown:
        return review
    place, old = found
    said = _said(review.texts[place[0]], old)
    texts = []
    for text in review.texts:
        masks = [
            replace(mask, words=shown, rule=BY_HAND) if mask.words == old.words and _said(text, mask) == said else mask
            for mask in text.masks
        ]
        texts.append(replace(text, masks=tuple(masks)))
    return _with(review, texts)


def _added(review: Review, added: Added) -> Review:
    shown = _shown(added.words)
    if not 0 <= added.text < len(review.texts) or not shown:
        return review
    typed = review.texts[added.text].typed
    start, end = max(added.start, 0), min(added.end, len(typed))
    if start >= end or not typed[start:end].strip():
        return review
    texts = list(review.texts)
    texts[added.text] = _masking(texts[added.text], Mask(start, end, shown, BY_HAND))
    if added.everywhere:
        texts = [_everywhere(text, typed[start:end], shown) for text in texts]
    changed = _with(review, texts)
    return _pointing_at(changed, added.text, start)


def _pointing_at(review: Review, text: int, start: int) -> Review:
    places = proposals(review)
    there = (at for at, (t, m) in enumerate(places) if t == text and review.texts[t].masks[m].start == start)
    return replace(review, at=next(there, review.at))


def _masking(text: Masked, mask: Mask) -> Masked:
    """The text with this mask, in the place of those that it touches."""
    others = [other for other in text.masks if other.end <= mask.start or mask.end <= other.start]
    return replace(text, masks=tuple(sorted((*others, mask), key=lambda item: item.start)))


def _everywhere(text: Masked, said: str, shown: str) -> Masked:
    for start, end in unmasked(text, said):
        text = _masking(text, Mask(start, end, shown, BY_HAND))
    return text


def _choosing(review: Review) -> Review:
    """Begins behind the proposal that is pointed at, or at the first word there is."""
    place = focus(review)
    for text in range(place[0] if place else 0, len(review.texts)):
        after = review.texts[text].masks[place[1]].end if place and place[0] == text else 0
        spans = _spans(review.texts[text])
        first = next((at for at, (start, _) in enumerate(spans) if start >= after), len(spans) - 1)
        if spans:
            return replace(review, chosen=Words(text, first, first))
    return review


def _shifted(review: Review, by: int) -> Review:
    """The words before or behind, also of the text before or behind."""
    if review.chosen is None:
        return review
    every = [(text, at) for text, item in enumerate(review.texts) for at in range(len(_spans(item)))]
    here = every.index((review.chosen.text, review.chosen.last if by > 0 else review.chosen.first))
    text, at = every[min(max(here + by, 0), len(every) - 1)]
    return replace(review, chosen=Words(text, at, at))


def _stretched(review: Review, by: int) -> Review:
    chosen = review.chosen
    if chosen is None:
        return review
    most = len(_spans(review.texts[chosen.text])) - 1
    return replace(review, chosen=replace(chosen, last=min(max(chosen.last + by, chosen.first), most)))


def _given(review: Review, said: str) -> Review:
    piece = chosen_piece(review)
    if piece is None:
        return review
    text, start, end = piece
    return _added(review, Added(text, start, end, said))


def _spans(text: Masked) -> list[tuple[int, int]]:
    return [(word.start, word.end) for word in words(text.typed)]


def _shown(said: str) -> str:
    """What may stand as a placeholder: one line between signs, so that nobody takes it for what was told."""
    bare = " ".join(said.replace("[", " ").replace("]", " ").split())[:LONGEST]
    return f"[{bare}]" if bare else ""


def _used(review: Review) -> set[str]:
    return {mask.words for text in review.texts for mask in text.masks}


def _numbers_used(used: set[str], kind: Kind) -> Iterator[int]:
    return (number for number in range(1, MOST) if placeholder(kind, number) in used)


def _next_number(used: set[str], kind: Kind) -> int:
    return next(number for number in count(1) if placeholder(kind, number) not in used)
