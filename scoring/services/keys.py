"""The key of a sitting's paper, only if it still is what was frozen."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from itembank.freezing import digest

if TYPE_CHECKING:
    from examserver.delivery.models import Sitting


class KeyChanged(ValueError):
    """The stored key no longer has the hash that it was frozen with; nothing may be scored by it."""


def frozen_keys(sitting: "Sitting") -> Mapping[str, Any]:
    """Keys of items, or rubrics of tasks, as `itembank.selectors.keys` describes them; KeyChanged."""
    key = sitting.paper.key
    if digest(key.keys) != key.sha256:
        raise KeyChanged(f"the key of paper {sitting.paper.code} is not the frozen one")
    keys: Mapping[str, Any] = key.keys
    return keys
