"""QTI response, template and outcome processing: items become functions, responses outcomes. Pure."""

from scoring.processing.errors import BadItem, BadResponse, ScoringFailed
from scoring.processing.items import Scorer, Session, compile_item
from scoring.processing.keys import dump_key, load_key, scorer

__all__ = [
    "BadItem",
    "BadResponse",
    "Scorer",
    "ScoringFailed",
    "Session",
    "compile_item",
    "dump_key",
    "load_key",
    "scorer",
]
