"""Brings items into the bank and freezes papers; a frozen paper is never changed again."""

from itembank.services.importing import ImportSummary, import_bank
from itembank.services.papers import (
    PaperCodeTaken,
    PaperHeading,
    assemble_theory_paper,
    freeze_practical_paper,
)

__all__ = [
    "ImportSummary",
    "PaperCodeTaken",
    "PaperHeading",
    "assemble_theory_paper",
    "freeze_practical_paper",
    "import_bank",
]
