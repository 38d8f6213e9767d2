"""The keys' data, converted with the field and the expectation named where it is wrong. Pure."""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

Shape = TypeVar("Shape")


def shaped(data: Mapping[str, Any], shape: type[Shape]) -> Shape:
    """`data` as `shape`; numbers may be text, since frozen keys hold no floats. ValueError otherwise."""
    try:
        return msgspec.convert(data, type=shape, strict=False)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error
