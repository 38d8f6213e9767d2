"""Reads the file of a notice's year; what is wrong with it is named by field. Pure."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec

from examserver.registration.applications.faults import Fault, Refused, refuse, refuse_any
from examserver.registration.catalogue.checks import faults_of
from examserver.registration.catalogue.content import Catalogue

LONGEST = 2**20
_SHIPPED = Path(__file__).parent
_PLACE = re.compile(r"(?s)^(?P<what>.*?)(?: - at (?:`key` in )?`\$\.?(?P<where>.*)`)?$")
_NAMED = re.compile(r"^Object (?P<how>missing required|contains unknown) field `(?P<name>.*)`$")
_TYPED = re.compile(r"^Expected `(?P<expected>[^`]*)`, got `(?P<got>[^`]*)`$")


class _TwiceNamed(ValueError):
    """An object of the file has the same field twice, of which a reader would drop one."""


def shipped(year: int) -> bytes:
    """The file that comes with the product for `year`; FileNotFoundError for a year without one."""
    return (_SHIPPED / f"notice_{year}.json").read_bytes()


def shipped_years() -> frozenset[int]:
    """The years whose notices come with the product."""
    return frozenset(int(path.stem.removeprefix("notice_")) for path in _SHIPPED.glob("notice_*.json"))


def read_catalogue(file: bytes) -> Catalogue:
    """The catalogue that the file holds.

    Refused with a fault for each thing that is wrong, `where` being the field as a path, e.g. offerings[0].fee.total:
    `file_long`, `file_not_json`, `field_twice`, `field_missing`, `field_unknown`, `field_wrong_type`,
    `field_wrong_value`, or those of `checks.faults_of`.
    """
    if len(file) > LONGEST:
        raise refuse("file_long", "file", most=LONGEST // 1024)
    _check_names(file)
    try:
        catalogue = msgspec.json.decode(file, type=Catalogue)
    except msgspec.ValidationError as error:
        raise Refused([_shape_fault(str(error))]) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise refuse("file_not_json", "file") from None
    refuse_any(faults_of(catalogue))
    return catalogue


def restored(content: Any) -> Catalogue:
    """The catalogue that was checked when it was stored, from its plain values; msgspec.ValidationError."""
    return msgspec.convert(content, type=Catalogue)


def _check_names(file: bytes) -> None:
    try:
        json.loads(file, object_pairs_hook=_once)
    except _TwiceNamed as error:
        raise refuse("field_twice", str(error)) from None
    except (ValueError, RecursionError):
        raise refuse("file_not_json", "file") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held: dict[str, Any] = {}
    for name, value in pairs:
        if name in held:
            raise _TwiceNamed(name)
        held[name] = value
    return held


def _shape_fault(message: str) -> Fault:
    """The library's sentence as a fault; it names one place, and that the deepest."""
    place = _PLACE.match(message)
    what, where = (place["what"], place["where"] or "") if place else (message, "")
    if named := _NAMED.match(what):
        key = "field_missing" if named["how"] == "missing required" else "field_unknown"
        return Fault(key, f"{where}.{named['name']}".lstrip("."))
    if typed := _TYPED.match(what):
        return Fault("field_wrong_type", where, {"expected": typed["expected"], "got": typed["got"]})
    return Fault("field_wrong_value", where)
