"""Items with their versions and keys apart from their content, reviews, uses, and frozen papers."""

from itembank.models.frozen import FrozenModel, FrozenQuerySet, PaperFrozen
from itembank.models.items import Item, ItemVersion, Media, Pool, Stimulus, VersionKey, VersionStanding
from itembank.models.papers import Material, Paper, PaperKey
from itembank.models.reviews import EnemyGroup, ImportFile, Review
from itembank.models.seals import PaperOpening, PaperSeal
from itembank.models.uses import Exposure, PaperUse, VersionFigures

__all__ = [
    "EnemyGroup",
    "Exposure",
    "FrozenModel",
    "FrozenQuerySet",
    "ImportFile",
    "Item",
    "ItemVersion",
    "Material",
    "Media",
    "Paper",
    "PaperFrozen",
    "PaperKey",
    "PaperOpening",
    "PaperSeal",
    "PaperUse",
    "Pool",
    "Review",
    "Stimulus",
    "VersionFigures",
    "VersionKey",
    "VersionStanding",
]
