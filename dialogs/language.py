"""Recognises the language a story is written in, with langdetect; reads no disk and knows no teller.

The rules around langdetect, and their numbers, are measured with the answers of tests/dialogs/languages.toml. Dutch
that is called foreign is worse than a foreign story that is not noticed.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType

from langdetect import DetectorFactory, LangDetectException

from dialogs.spelling import wordset

DUTCH = "nl"
LANGUAGES = (DUTCH, "en", "tr", "ar", "pl", "es", "fr", "de")
"""The profiles langdetect may choose from. With all 55 it calls a good part of short Dutch Afrikaans or German."""
FEWEST_WORDS = 4
"""Different words: with three, langdetect is wrong too often; "ha ha ha ha" is one word."""
SUREST = 0.9
"""What langdetect must give its first choice. It draws seven times, so all draws must agree (six of seven is 0.86)."""
DUTCH_SHARE = 1 / 5
"""Plainly Dutch words from which a text is no other language. Other languages with Dutch terms in them have fewer."""
KNOWN_SHARE = 3 / 5
"""Triples of letters that the profile of a language must know. Languages outside the eight often stay below it."""
LONGEST = 2_000
"""Characters that are looked at: some 350 words. More of them change no verdict and take time."""

_SEED = 0
"""langdetect draws by chance; each of its detectors has dice of its own, thrown anew from this seed."""

_SCRIPTS: Mapping[str, str] = MappingProxyType(
    {
        "ARABIC": "arab",
        "ARMENIAN": "armn",
        "BENGALI": "beng",
        "CJK": "hani",
        "CYRILLIC": "cyrl",
        "DEVANAGARI": "deva",
        "ETHIOPIC": "ethi",
        "GEORGIAN": "geor",
        "GREEK": "grek",
        "GUJARATI": "gujr",
        "GURMUKHI": "guru",
        "HANGUL": "hang",
        "HEBREW": "hebr",
        "HIRAGANA": "jpan",
        "KATAKANA": "jpan",
        "KHMER": "khmr",
        "LAO": "laoo",
        "LATIN": "latn",
        "MALAYALAM": "mlym",
        "MYANMAR": "mymr",
        "SINHALA": "sinh",
        "SYRIAC": "syrc",
        "TAMIL": "taml",
        "TELUGU": "telu",
        "THAI": "thai",
        "TIBETAN": "tibt",
        "TIFINAGH": "tfng",
    }
)
"""How Unicode names of letters begin, and the code of that script in ISO 15924."""
_LATIN = "latn"

_DUTCH_WORDS = wordset(
    "ik je jij u hij ze zij we wij jullie het de een en van in is op te dat die voor met niet aan er om was ook als bij"
    " of uit maar nog naar dan wat nu wel door zo mijn mij haar zijn ons onze hun heb heeft hebben had geen veel heel"
    " toen omdat dus moet moest werd kwam kreeg zei deze daar waar"
)
"""Words that no Dutch story of a few sentences does without."""
_SHARED_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "en": wordset("we is in u was of met had door van dan die er"),
        "tr": wordset("de en in is te dan er of van"),
        "pl": wordset("we ze u je te was"),
        "es": wordset("de en van te u dan"),
        "fr": wordset("de en je te u met dus nu van onze"),
        "de": wordset("in die was er als je nu wat dat u"),
    }
)
"""Those that are also words, endings or chat words there, with or without accents ("iş", "że"): they prove nothing."""

_SERVICES = wordset(
    "buurtteam buurteam buurtteams gemeente stadsloket voedselbank huisarts thuiszorg uitkering bijstand toeslag"
    " toeslagen huurtoeslag zorgtoeslag kinderbijslag schuldhulp bewindvoerder woningnet digid wmo uwv svb ind"
)
"""Dutch services have one name in every language, so the name does not tell which language it is."""


@dataclass(frozen=True)
class Guess:
    """What a text is written in.

    `code` is one of `LANGUAGES`, a script in ISO 15924 ("arab", "cyrl"), or empty where nothing can be said.
    `certainty` is langdetect's own, in whole percents; None where it was not asked. It is no chance of being right: for
    a language outside the eight it is as high.
    `source` is "schrift" (the letters say it), "herkend" (langdetect says it) or empty.
    """

    code: str
    certainty: int | None
    source: str


UNKNOWN = Guess("", None, "")

REMEMBERED = 4096
"""Texts of which the guess is remembered: a story is looked at after every message, until it is sent."""


class Recogniser:
    """Tells the eight languages apart, and scripts from each other. The same text always gives the same guess."""

    def __init__(self, profiles: tuple[str, ...]) -> None:
        """`profiles` are langdetect's own, as JSON, one for each of `LANGUAGES`."""
        self._factory = DetectorFactory()
        self._factory.load_json_profile(profiles)
        self._factory.set_seed(_SEED)
        self._triples = dict(map(_known_triples, profiles))
        self._guesses: dict[bytes, Guess] = {}

    def recognise(self, text: str) -> Guess:
        """The guess for `text`, whatever it holds: `UNKNOWN` for a few words, emoji, numbers, or a doubtful case.

        Another script than Latin is told by the letters alone: "arab" is Arabic, Persian or Urdu. What was guessed is
        remembered by a hash of the text, never by its words.
        """
        mark = sha256(text.encode(errors="surrogatepass")).digest()
        if mark not in self._guesses:
            if len(self._guesses) >= REMEMBERED:
                self._guesses.pop(next(iter(self._guesses)))
            self._guesses[mark] = self._recognised(text)
        return self._guesses[mark]

    def _recognised(self, text: str) -> Guess:
        words = _words(text)
        script = _script_of(words)
        if script != _LATIN:
            return Guess(script, None, "schrift") if script else UNKNOWN
        telling = [word for word in words if _script(word[0]) == _LATIN and word not in _SERVICES]
        return self._guess(telling) if len(set(telling)) >= FEWEST_WORDS else UNKNOWN

    def _guess(self, words: list[str]) -> Guess:
        code, probability = self._most_likely(" ".join(words))
        if probability < SUREST or (code != DUTCH and (_sounds_dutch(words, code) or self._is_strange(words, code))):
            return UNKNOWN
        return Guess(code, round(probability * 100), "herkend")

    def _most_likely(self, text: str) -> tuple[str, float]:
        detector = self._factory.create()
        detector.append(text)
        try:
            first = detector.get_probabilities()[0]
        except (LangDetectException, IndexError):  # no letters it knows, or no language above a tenth
            return "", 0.0
        return str(first.lang), float(first.prob)

    def _is_strange(self, words: list[str], code: str) -> bool:
        """Whether too little of the words looks like that language: langdetect always picks one of its eight."""
        triples = [triple for word in words for triple in _triples(word)]
        return sum(triple in self._triples[code] for triple in triples) < KNOWN_SHARE * len(triples)


def _known_triples(profile: str) -> tuple[str, frozenset[str]]:
    """The code of a language, and the groups of three letters in its profile; a space is the edge of a word."""
    read = json.loads(profile)
    return read["name"], frozenset(group for group in read["freq"] if len(group) == 3)


def _triples(word: str) -> Iterator[str]:
    edged = f" {word} "
    return (edged[at : at + 3] for at in range(len(word)))


def _sounds_dutch(words: list[str], code: str) -> bool:
    """Whether many words are Dutch and not of the language with this code: names and loanwords mislead langdetect."""
    plainly = _DUTCH_WORDS - _SHARED_WORDS.get(code, frozenset())
    return sum(word in plainly for word in words) >= DUTCH_SHARE * len(words)


def _words(text: str) -> list[str]:
    """The runs of letters, in lower case, without addresses. Letters of a fancy font become plain ones (NFKC)."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).lower().replace("\u0307", "")  # the dot that "İ" leaves
    told = " ".join(part for part in plain.split() if not _is_address(part))
    letters = "".join(sign if unicodedata.category(sign)[0] in "LM" else " " for sign in told)
    return [word for word in letters.split() if word[0].isalpha()]


def _is_address(part: str) -> bool:
    return "@" in part or "://" in part or part.startswith("www.")


def _script_of(words: list[str]) -> str:
    """The script of more than half of the letters. A letter alone does not count: it is as often a picture (ツ)."""
    letters = [letter for word in words if len(word) > 1 for letter in word if letter.isalpha()]
    counted = Counter(map(_script, letters))
    return next((script for script, count in counted.items() if 2 * count > len(letters)), "")


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "")
