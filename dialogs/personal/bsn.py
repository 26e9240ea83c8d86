"""Takes citizen service numbers out of typed text before it is kept anywhere; knows no question and no teller.

A BSN may only be kept by whom the law names, with or without consent (UAVG, article 46; Autoriteit Persoonsgegevens,
"Burgerservicenummer"). So whatever may be one goes, and one in eleven other numbers of its length goes with it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from dialogs.personal.figures import AMOUNT, DATE, PHONE, PRICE, PUBLIC
from dialogs.personal.seeing import Span, replaced, see
from dialogs.spelling import wordset

NUMBER = "[nummer]"
"""What stands in the place of a number."""

NEAR = 40
"""Signs between a number and the word for it; other numbers between them do not count."""

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_LENGTHS = range(8, 10)
_NAMED = range(7, 10)
_MEANT = range(7, 13)
"""Digits right behind the word: what stands there is meant as a BSN, also with a few digits too many."""
_OFFICIAL_SHAPES = ((3, 3, 3), (4, 2, 3))
"""Groups in which letters write a BSN ("1112.22.333"): so sure that no date or phone number can begin within it."""
_SHAPES = ((9,), (8,), (2, 3, 3), (1,) * 9, *_OFFICIAL_SHAPES)
"""Groups in which a BSN is found among other numbers."""
_NAMED_SHAPES = (*_SHAPES, (7,))
_SIZES = (1, 3, 9)

_JOINT = r"(?:,|[ \n./\-_]{1,5})"
_NAMES = r"""(?<![^\W\d_])(?:
    b[ .\-]{0,2}s[ .\-]{0,2}n(?:[ .\-]{0,2}(?:nr|n?um+ers?|s))?|bns|bsm
    |so-?f{1,2}i(?:[ .\-]{0,2}(?:nr|num+ers?))?
    |burger[ \-]{0,2}(?:s[a-z]{1,4}v[a-z]{1,5}(?:[ \-]{0,2}(?:nr|num+ers?))?|nr|num+ers?)
)(?![^\W\d_])"""
_GROUP = re.compile(r"\d+")
_MARK = re.compile(rf"(?P<name>{_NAMES})|(?P<chain>\d+(?:{_JOINT}\d+)*)|\[nummer\]", re.VERBOSE | re.IGNORECASE)
_OFFICIAL = re.compile(
    rf"(?<!\d)(?:\d{{3}}{_JOINT}\d{{3}}{_JOINT}|\d{{4}}{_JOINT}\d{{2}}{_JOINT}|\d{{6}})\d{{3}}(?!\d)"
)
_LONGEST = 18
_LINK = re.compile(r"[\s:=.,;#(\-]*")
_LINKS = wordset("nr nummer no is was van mij me mijn")

_Groups = Sequence[Span]
_Test = Callable[[str, _Groups], bool]


@dataclass(frozen=True)
class _Chain:
    """Digits that stand together, and how: near a word for a BSN, or right behind it."""

    groups: _Groups
    near: bool
    behind: bool

    def means(self, groups: _Groups) -> bool:
        """Whether these groups are what stands right behind the word."""
        return self.behind and groups[0] == self.groups[0]


def without_bsn(text: str) -> str:
    """`text` with `[nummer]` for everything that can be a BSN; all else stays as it was typed.

    That is 8 or 9 digits that pass the elfproef (Logisch Ontwerp BSN), however they are spaced or written, and 7 to 9
    digits near the word. Dates, prices and phone numbers are none, unless they stand right behind the word.
    """
    seen = see(text)
    return replaced(text, [(seen.typed(*span), NUMBER) for span in bsns(seen.text)])


def bsns(text: str) -> list[Span]:
    """Where what `without_bsn` takes out stands in what is seen of a text, in order."""
    others = {place for span in _others(text) for place in range(*span)}
    return sorted(span for chain in _chains(text) for span in _in_chain(text, chain, others))


def without_split_bsn(first: str, second: str) -> tuple[str, str]:
    """Two texts that follow each other, without a number that begins in one and ends in the other.

    Its mark stands at the end of the first; the second keeps what comes behind it, and may be empty.
    """
    joined = f"{first}\n{second}"
    masked = without_bsn(joined)
    if masked == joined:
        return first, second
    start = _shared(joined, masked)
    behind = _shared(joined[start:][::-1], masked[start:][::-1])
    return masked[: len(masked) - behind], joined[len(joined) - behind :].strip()


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (mine, yours) in enumerate(pairs) if mine != yours), min(len(one), len(other)))


def _others(text: str) -> Iterator[Span]:
    """Where prices and phone numbers stand."""
    yield from (match.span() for match in PRICE.finditer(text))
    after = 0
    while phone := PHONE.search(text, after):
        after = _cut_by(text, phone.start()) or phone.end()
        if after == phone.end():
            yield phone.span()


def _cut_by(text: str, start: int) -> int | None:
    """Where a BSN ends that begins before `start` and goes on behind it: "029 010 007 12" holds no "010 007 12…".

    Where 00 or 31 seems to begin a phone number, a BSN may begin just as well.
    """
    unsure = text.startswith(("00", "31"), start)
    written = (_OFFICIAL.match(text, before) for before in range(max(0, start - _LONGEST), start + unsure))
    ends = (match.end() for match in written if match and _passes("".join(_GROUP.findall(match.group()))))
    return next((end for end in ends if end > start), None)


def _chains(text: str) -> Iterator[_Chain]:
    marks = list(_MARK.finditer(text))
    gaps = [after.start() - before.end() for before, after in pairwise(marks)]
    names = [mark["name"] is not None for mark in marks]
    since = _distances(names, gaps)
    until = _distances(names[::-1], gaps[::-1])[::-1]
    for at, mark in enumerate(marks):
        if mark["chain"]:
            behind = at > 0 and names[at - 1] and _links(text[marks[at - 1].end() : mark.start()])
            groups = [(mark.start() + g.start(), mark.start() + g.end()) for g in _GROUP.finditer(mark["chain"])]
            yield _Chain(groups, min(since[at], until[at]) <= NEAR, behind)


def _distances(names: Sequence[bool], gaps: Iterable[int]) -> list[int]:
    """How far each mark is from the last name before it; numbers have no length, so that a mask changes nothing."""
    distances: list[int] = []
    distance = NEAR + 1
    for name, gap in zip(names, (0, *gaps), strict=False):
        distance = 0 if name else distance + gap
        distances.append(distance)
    return distances


def _links(between: str) -> bool:
    return len(between) <= NEAR and set(_LINK.sub(" ", between.casefold()).split()) <= _LINKS


def _in_chain(text: str, chain: _Chain, others: set[int]) -> Iterator[Span]:
    tests = (_is_valid_shape, _is_named_shape) if chain.near else (_is_valid_shape,)
    for other, run in groupby(chain.groups, key=lambda group: group[0] in others):
        groups = list(run)
        if not other:
            yield from _in_run(text, groups, chain, tests)
        elif chain.means(groups) and len(_digits(text, groups)) in _MEANT:
            yield _span(groups)


def _in_run(text: str, groups: _Groups, chain: _Chain, tests: Sequence[_Test]) -> Iterator[Span]:
    taken, left = _shaped(text, groups, _is_official)
    yield from taken
    for piece in left:
        yield from _in_groups(text, piece, chain, tests)


def _in_groups(text: str, groups: _Groups, chain: _Chain, tests: Sequence[_Test]) -> Iterator[Span]:
    """First what is a BSN as a whole; then what has the shape of one; then, in what is left, once more the whole."""
    for ordinary, part in _parts(text, groups):
        if _is_whole(text, part, chain, ordinary=ordinary):
            yield _span(part)
        elif tests and not ordinary:
            taken, left = _shaped(text, part, tests[0])
            yield from taken
            for piece in left:
                yield from _in_groups(text, piece, chain, tests[1:])


def _is_whole(text: str, groups: _Groups, chain: _Chain, *, ordinary: bool) -> bool:
    digits = _digits(text, groups)
    if chain.means(groups):
        return len(digits) in _MEANT
    return not ordinary and ((chain.near and len(digits) in _NAMED) or _passes(digits))


def _parts(text: str, groups: _Groups) -> Iterator[tuple[bool, _Groups]]:
    """The groups, cut where dates and amounts stand, and whether each part is one of those, or a help number."""
    first, (_, end) = groups[0][0], groups[-1]
    piece = text[first:end]
    dates = [match.span() for match in DATE.finditer(piece) if _stands_alone(piece, match)]
    amounts = [match.span() for match in AMOUNT.finditer(piece)]
    owner = {first + at: start for start, end in (*amounts, *dates) for at in range(start, end)}
    for place, part in groupby(groups, key=lambda group: owner.get(group[0])):
        cut = list(part)
        words = text[slice(*_span(cut))]
        yield place is not None or any(kind.fullmatch(words) for kind in (DATE, AMOUNT, PUBLIC)), cut


def _stands_alone(piece: str, date: re.Match[str]) -> bool:
    """Whether the point in a date does not go on beside it: "12-05-1980-1" is no date."""
    point = date["a"] or date["b"] or date["c"]
    return not piece.endswith(point, 0, date.start()) and not piece.startswith(point, date.end())


def _shaped(text: str, groups: _Groups, test: _Test) -> tuple[list[Span], list[_Groups]]:
    """What has a shape that passes the test, from left to right, and the groups between."""
    taken: list[Span] = []
    left: list[_Groups] = []
    after = at = 0
    while at < len(groups):
        size = next((size for size in _SIZES if test(text, groups[at : at + size])), 0)
        if size:
            taken.append(_span(groups[at : at + size]))
            left.append(groups[after:at])
            after = at + size
        at += size or 1
    return taken, [piece for piece in (*left, groups[after:]) if piece]


def _is_official(text: str, groups: _Groups) -> bool:
    return _shape(groups) in _OFFICIAL_SHAPES and _passes(_digits(text, groups))


def _is_valid_shape(text: str, groups: _Groups) -> bool:
    return _shape(groups) in _SHAPES and _passes(_digits(text, groups))


def _is_named_shape(_: str, groups: _Groups) -> bool:
    return _shape(groups) in _NAMED_SHAPES


def _shape(groups: _Groups) -> tuple[int, ...]:
    return tuple(end - start for start, end in groups)


def _passes(digits: str) -> bool:
    """The elfproef: the digits, weighed, are a multiple of eleven; eight digits lost a nought in front."""
    if len(digits) not in _LENGTHS or not digits.strip("0"):
        return False
    return sum(w * int(d) for w, d in zip(_WEIGHTS, digits.zfill(9), strict=True)) % 11 == 0


def _digits(text: str, groups: _Groups) -> str:
    return "".join(text[start:end] for start, end in groups)


def _span(groups: _Groups) -> Span:
    return groups[0][0], groups[-1][1]
