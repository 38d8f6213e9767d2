"""The notice's tiers and clauses, word for word: data that candidates accept and cases cite. Pure.

The words stand once, in `notice.json`; what an incident may point at is `invigilation.clauses`.
"""

from pathlib import Path
from types import MappingProxyType

import msgspec


class UnknownClause(KeyError):
    """No clause of that code is in the notice."""


class Closed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Data whose misspelt fields are an error and not lost."""


class BarRule(Closed, frozen=True):
    """How long a person is kept out: for some years from the act, or until the end of its year."""

    until: str = ""
    years: int = 0
    referral: bool = False


class Tier(Closed, frozen=True):
    """What follows when a case of this tier is confirmed; `bar` is by severity, empty where nobody is barred."""

    tier: int
    numeral: str
    void: str
    bar: dict[str, BarRule]
    text_zh: str
    text_en: str

    @property
    def voids_all(self) -> bool:
        """Whether all subjects of the day fall, or only the one in which it happened."""
        return self.void == "ALL_SUBJECTS_OF_SITTING"

    def text(self, language: str) -> str:
        """The consequence in `language`."""
        return self.text_en if language.startswith("en") else self.text_zh


class Clause(Closed, frozen=True):
    """One sentence of the notice: tier 2 (二) to 4 (四), its number there, its words in both languages."""

    code: str
    tier: int
    item: int
    reminder_required: bool
    note_required: bool
    text_zh: str
    text_en: str

    @property
    def severity_required(self) -> bool:
        """Whether a case must say how grave it is."""
        rules = TIERS[self.tier].bar
        return bool(rules) and "" not in rules

    def text(self, language: str) -> str:
        """The words in `language` (zh-hans, en); the Chinese ones are the official ones."""
        return self.text_en if language.startswith("en") else self.text_zh


class _NoticeFile(Closed, frozen=True):
    """The file `notice.json`."""

    source: str
    version: str
    tiers: list[Tier]
    clauses: list[Clause]


_FILE = msgspec.json.decode((Path(__file__).parent / "notice.json").read_bytes(), type=_NoticeFile)

VERSION = _FILE.version
TIERS = MappingProxyType({tier.tier: tier for tier in _FILE.tiers})
CLAUSES = MappingProxyType({one.code: one for one in _FILE.clauses})


def clause(code: str) -> Clause:
    """The clause `code`, e.g. 二.1; UnknownClause."""
    try:
        return CLAUSES[code]
    except KeyError:
        raise UnknownClause(code) from None


def tier_of(code: str) -> Tier:
    """The tier of the clause `code`, with its consequences."""
    return TIERS[clause(code).tier]
