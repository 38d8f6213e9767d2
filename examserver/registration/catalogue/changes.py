"""What a version of the catalogue says otherwise than the one before it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from examserver.registration.catalogue.content import Catalogue, Offered

# Rows are the same row when these agree, so that one more row above changes nothing below.
_ROW_NAMES = ("code", "level", "apply_from", "key", "phone")


@dataclass(frozen=True, slots=True)
class Change:
    """A field of the file with its value before and after; None where the field was or is not there."""

    field: str
    before: str | None
    after: str | None


def changes_between(old: Catalogue, new: Catalogue) -> tuple[Change, ...]:
    """Every field in which two versions differ, in the order of the new one, then what it lacks."""
    before, after = _leaves(old), _leaves(new)
    names = [*after, *(name for name in before if name not in after)]
    compared = (Change(name, before.get(name), after.get(name)) for name in names)
    return tuple(change for change in compared if change.before != change.after)


def touched_offerings(old: Catalogue, new: Catalogue) -> frozenset[str]:
    """Codes of what was offered and is closed now, or has other terms: who has paid for it needs a decision."""
    return frozenset(one.code for one in old.offerings if _terms(one) != _terms(new.offered(one.code)))


def _terms(offered: Offered | None) -> object:
    return offered and (offered.direction.zh, offered.level, offered.fee, offered.human_marked)


def _leaves(catalogue: Catalogue) -> dict[str, str]:
    return dict(_walked("", msgspec.to_builtins(catalogue)))


def _walked(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _walked(f"{path}.{name}".lstrip("."), inner)
    elif isinstance(value, (list, tuple)):
        for at, inner in enumerate(value):
            yield from _walked(f"{path}[{_row_name(inner, at)}]", inner)
    elif value is not None:
        yield path, str(value)


def _row_name(row: Any, at: int) -> str:
    if isinstance(row, Mapping):
        return next((str(row[name]) for name in _ROW_NAMES if name in row), str(at))
    return str(at)
