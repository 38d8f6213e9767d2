"""QTI items that no neutral question can say, as the bank takes them over: nothing of them is lost. Pure.

The key comes from the caller: it is compiled by the scoring of QTI, which lies above the bank.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from itembank.authoring.drafts import MOST_WORDS, Drafted, Drafts, bank_code, points_of
from itembank.authoring.parts import BadDraft
from itembank.faults import Refused
from itembank.formats.question import Error
from itembank.formats.refusals import line_of, refusals
from itembank.interactions import media as pictures
from itembank.interactions.from_qti import addresses, content_of
from itembank.qti.items import read_item
from itembank.qti.model import Item
from itembank.qti.packages import read_package
from itembank.qti.paths import resolve
from itembank.states import ItemType
from itembank.versions import Draft, MediaFile

KeyOf = Callable[[Item], Mapping[str, Any]]
BY_PERSON = {"by": "person"}


@dataclass(frozen=True, slots=True)
class _Found:
    """A file of the package that an item shows: what it is, and its bytes."""

    media: pictures.MediaFile
    data: bytes


def interactive_drafts(data: bytes, name: str, paths: Collection[str], key_of: KeyOf) -> Drafts:
    """The items at `paths` of a package or of a single item's file; what cannot be taken says file, line and cause.

    `key_of` gives the key of an item as JSON without floats, and raises Refused.
    """
    items, files = _opened(data, name)
    good: dict[str, Drafted] = {}
    refused: list[Error] = []
    for path in paths:
        try:
            code = bank_code(items[path].identifier, good)
            good[code] = Drafted(code, _draft(items[path], path, files, key_of), f"{path}:1")
        except BadDraft as problem:
            refused.append(Error(where=f"{path}:1", code=problem.code, params=problem.params))
        except Refused as problem:
            refused += refusals(problem.faults)
    return Drafts(tuple(good.values()), tuple(refused))


def _opened(data: bytes, name: str) -> tuple[Mapping[str, Item], Mapping[str, bytes]]:
    if data[:2] != b"PK":
        return {name: read_item(data, name=name)}, {}
    package = read_package(data, name=name)
    return package.items, package.media


def _draft(item: Item, path: str, files: Mapping[str, bytes], key_of: KeyOf) -> Draft:
    found = _shown(item, path, files)
    content = content_of(item, {address: one.media for address, one in found.items()}, name=path)
    grading = BY_PERSON if item.response_processing is None else _key(item, path, key_of)
    bytes_of = {one.media.sha256: one.data for one in found.values()}
    return Draft(
        type=ItemType.INTERACTIVE,
        content=content.plain(),
        key={"grading": dict(grading)},
        points=points_of(float(grading["max"])) if "max" in grading else Decimal(1),
        attributes={"title": item.title[:MOST_WORDS]},
        media=tuple(MediaFile(one.name, one.media_type, bytes_of[one.sha256]) for one in content.media),
    )


def _key(item: Item, path: str, key_of: KeyOf) -> Mapping[str, Any]:
    """The key of the item; the compiler of keys knows the item and its lines, and no file."""
    try:
        return key_of(item)
    except Refused as refused:
        placed = [replace(one, where=f"{path}:{line_of(one) or 1}") for one in refused.faults]
        raise Refused(placed) from refused


def _shown(item: Item, path: str, files: Mapping[str, bytes]) -> dict[str, _Found]:
    """The files that the item shows, by its own address for them; one that is missing is refused with the content."""
    found: dict[str, _Found] = {}
    for address in addresses(item):
        data = files.get(resolve(path, address) or "")
        if data is not None:
            found[address] = _Found(_media(data, address), data)
    return found


def _media(data: bytes, address: str) -> pictures.MediaFile:
    try:
        return pictures.media_file(data)
    except pictures.UnknownMedia as problem:
        raise BadDraft("media_unknown", name=address) from problem
