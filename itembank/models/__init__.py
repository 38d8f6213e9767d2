"""Items with their keys apart from their content, and frozen papers."""

from itembank.models.frozen import FrozenModel, FrozenQuerySet, PaperFrozen
from itembank.models.items import Item, ItemKey
from itembank.models.papers import Material, Paper, PaperKey

__all__ = ["FrozenModel", "FrozenQuerySet", "Item", "ItemKey", "Material", "Paper", "PaperFrozen", "PaperKey"]
