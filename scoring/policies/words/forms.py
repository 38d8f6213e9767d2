"""The one form of a typed answer, by steps that the key switches on and off. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import msgspec

from scoring.policies.words.quantities import in_digits
from scoring.policies.words.units import with_common_units

# What Unicode keeps apart and a reader does not.
MARKS = str.maketrans(
    {"。": ".", "、": ",", "【": "[", "】": "]", "〔": "[", "〕": "]", "—": "-", "–": "-", "−": "-", "‐": "-"}
    | dict.fromkeys("“”„「」『』", '"')
    | dict.fromkeys("‘’", "'")
    | dict.fromkeys("·•・‧", "·")
)
ENCLOSING = (('"', '"'), ("'", "'"), ("《", "》"), ("〈", "〉"))
ENDING = ".,;:!?… \t\n"
LETTERS = r"A-Za-z\u00c0-\u024f\u0370-\u04ff"
_WORD = rf"{LETTERS}0-9"
NEEDLESS_SPACE = re.compile(
    rf"(?<![\s{_WORD}])\s+|\s+(?![\s{_WORD}])|(?<=[0-9])\s+(?=[{LETTERS}])|(?<=[{LETTERS}])\s+(?=[0-9])"
)
SPACES = re.compile(r"\s+")


class Steps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which differences do not count; each one is data of the key."""

    width: bool = True
    punctuation: bool = True
    enclosing: bool = True
    case: bool = True
    spaces: bool = True
    numerals: bool = True
    units: bool = True


ALL = Steps()
NONE = Steps(*[False] * len(Steps.__struct_fields__))


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Words that an author lists as the same; the first of each group stands for all of it."""

    first: Mapping[str, str] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None


NO_SYNONYMS = Synonyms()


def read_synonyms(groups: Sequence[Sequence[str]], steps: Steps) -> Synonyms:
    """`groups` in the same form as the answers that they are looked for in."""
    first = {form(word, steps): form(group[0], steps) for group in groups for word in group}
    if not first:
        return NO_SYNONYMS
    words = "|".join(
        rf"(?<![{LETTERS}]){re.escape(word)}(?![{LETTERS}])" if word.isascii() else re.escape(word)
        for word in sorted(first, key=len, reverse=True)
        if word
    )
    return Synonyms(first, re.compile(words))


def form(text: str, steps: Steps = ALL, synonyms: Synonyms = NO_SYNONYMS) -> str:
    """`text` without the differences that do not count."""
    plain = _form(text, steps)
    if synonyms.pattern is None:
        return plain
    return synonyms.pattern.sub(lambda found: synonyms.first[found.group()], plain)


@lru_cache(maxsize=4096)
def _form(text: str, steps: Steps) -> str:
    text = unicodedata.normalize("NFKC" if steps.width else "NFC", text).strip()
    if steps.punctuation:
        text = text.translate(MARKS).rstrip(ENDING)
    if steps.enclosing:
        text = _unwrapped(text)
    if steps.spaces:
        text = SPACES.sub(" ", NEEDLESS_SPACE.sub("", text))
    if steps.numerals:
        text = in_digits(text)
    if steps.units:
        text = with_common_units(text)
    return text.casefold() if steps.case else text


def _unwrapped(text: str) -> str:
    """《广告法》 is 广告法; a title within a sentence keeps its marks."""
    for start, end in ENCLOSING:
        inner = text[1:-1]
        if len(text) > 2 and text[0] == start and text[-1] == end and start not in inner and end not in inner:
            return inner.strip()
    return text
