"""The canonical form of a paper and its SHA-256: the same content always gives the same hash. Pure."""

import hashlib
import json
from typing import Any


class NotCanonical(TypeError):
    """Something that no database returns exactly as it was put in, such as a float."""


def _check(value: Any) -> None:
    """PostgreSQL rewrites numbers such as 1e2, and JSON turns keys into text: refuse what could change."""
    if isinstance(value, dict):
        _check(list(value.values()))
        if not all(isinstance(key, str) for key in value):
            raise NotCanonical(f"keys {list(value)!r}")
    elif isinstance(value, list):
        for inner in value:
            _check(inner)
    elif value is not None and not isinstance(value, str | int):
        raise NotCanonical(f"{type(value).__name__}: {value!r}")


def canonical(value: Any) -> bytes:
    """`value` as UTF-8 JSON, keys sorted, no spaces; NotCanonical for floats, tuples and foreign types."""
    _check(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical form of `value`, in lower-case hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()
