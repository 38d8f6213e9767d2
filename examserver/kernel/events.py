"""What travels to the dashboards: closed types, refused at construction when a field is unknown or missing."""

from typing import Any

import msgspec


class WireObject(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One object of a board: its collection is the class attribute `kind`, its identity `id`."""

    id: int

    @classmethod
    def kind(cls) -> str:
        """The collection the object belongs to: `SittingTile` -> `sitting_tile`."""
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in cls.__name__).lstrip("_")


class Changed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="event"):
    """A numbered event: the objects that are as given from now on."""

    stream: str
    number: int
    objects: dict[str, list[dict[str, Any]]]


def changed(stream: str, number: int, objects: tuple[WireObject, ...]) -> Changed:
    """The event that says `objects` have changed."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for one in objects:
        grouped.setdefault(one.kind(), []).append(msgspec.to_builtins(one))
    return Changed(stream=stream, number=number, objects=grouped)
