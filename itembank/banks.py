"""Reads a bank file into items, or says everything that is wrong with it. Pure.

The file: `{"items": [{"id", "type", "knowledge_point", "difficulty", "stem", "options", "key",
"explanation"}, ...], "bank", "notice", "offering_levels"}`; the last three and `explanation` may be missing,
and so may the `options` of true_false.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Raw, Struct

from itembank.faults import BadBank, Fault
from itembank.fields import ItemCode, LongText, OptionalText, OptionCode, Share, ShortText
from itembank.states import CHOICE_TYPES, ItemType


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the answers to choose from; true and false carry no text."""

    id: OptionCode
    text: OptionalText


class BankItem(Struct, frozen=True, forbid_unknown_fields=True):
    """One item of the file; `key` holds the ids of the right options, `difficulty` is 0 (easy) to 1."""

    id: ItemCode
    type: ItemType
    knowledge_point: ShortText
    difficulty: Share
    stem: LongText
    key: tuple[OptionCode, ...]
    options: tuple[Option, ...] = ()
    explanation: OptionalText = ""


class BankFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The file around the items; without `offering_levels` it serves any level."""

    items: tuple[Raw, ...]
    bank: str = ""
    notice: str = ""
    offering_levels: tuple[int, ...] = ()


class Bank(Struct, frozen=True):
    """A file without a fault; an item's `options` are complete, also for true_false."""

    items: tuple[BankItem, ...]
    levels: tuple[int, ...]


TRUE_FALSE_OPTIONS = (Option("T", ""), Option("F", ""))


def read_bank(data: bytes | str) -> Bank:
    """The bank in `data` (JSON, UTF-8); BadBank with every fault of the file."""
    file = _file(data)
    faults: list[Fault] = []
    items = tuple(item for place, raw in enumerate(file.items) if (item := _item(raw, place, faults)))
    faults += [fault for item in items for fault in _item_faults(item)]
    faults += _repeated(items)
    if not file.items:
        faults.append(Fault("", "items", "the bank has no item"))
    if faults:
        raise BadBank(faults)
    return Bank(tuple(_complete(item) for item in items), file.offering_levels)


def _file(data: bytes | str) -> BankFile:
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
        return msgspec.json.decode(text, type=BankFile)
    except (UnicodeError, msgspec.DecodeError) as error:
        raise BadBank([Fault("", "", str(error))]) from error


def _item(raw: Raw, place: int, faults: list[Fault]) -> BankItem | None:
    """The item at `place`, or None and its faults; each field is read by itself to find all of them."""
    where = f"items[{place}]"
    try:
        given = msgspec.json.decode(raw, type=dict[str, Raw])
    except msgspec.DecodeError as error:
        faults.append(Fault(where, "", str(error)))
        return None
    before = len(faults)
    values = _fields(given, where, faults)
    return BankItem(**values) if len(faults) == before else None


def _fields(given: dict[str, Raw], where: str, faults: list[Fault]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    found: list[Fault] = []
    for field in msgspec.structs.fields(BankItem):
        try:
            if field.name in given:
                values[field.name] = msgspec.json.decode(given[field.name], type=field.type)
            elif field.required:
                found.append(Fault(where, field.name, "missing"))
        except (UnicodeError, msgspec.DecodeError) as error:
            found.append(Fault(where, field.name, str(error)))
    unknown = sorted(given.keys() - {field.name for field in msgspec.structs.fields(BankItem)})
    found += [Fault(where, name, "unknown field") for name in unknown]
    faults += [Fault(values.get("id", where), fault.field, fault.cause) for fault in found]
    return values


def _item_faults(item: BankItem) -> Iterator[Fault]:
    if item.type not in CHOICE_TYPES:
        return iter([Fault(item.id, "type", f"a bank file holds {sorted(CHOICE_TYPES)}")])
    causes = _true_false_causes(item) if item.type is ItemType.TRUE_FALSE else _choice_causes(item)
    return (Fault(item.id, field, cause) for field, cause in causes)


def _true_false_causes(item: BankItem) -> Iterator[tuple[str, str]]:
    if item.options not in ((), TRUE_FALSE_OPTIONS):
        yield "options", "true_false has the options T and F without text, or none"
    if item.key not in (("T",), ("F",)):
        yield "key", f"true_false has the key T or F, not {list(item.key)}"


def _choice_causes(item: BankItem) -> Iterator[tuple[str, str]]:
    codes = [option.id for option in item.options]
    texts = [option.text.strip() for option in item.options]
    if len(codes) < 2:
        yield "options", f"at least 2 options are needed, there are {len(codes)}"
    if len(set(codes)) < len(codes) or len(set(texts)) < len(texts):
        yield "options", "the same option twice"
    if not all(texts):
        yield "options", "an option without text"
    yield from _key_causes(item, codes)


def _key_causes(item: BankItem, codes: list[str]) -> Iterator[tuple[str, str]]:
    if foreign := [code for code in item.key if code not in codes]:
        yield "key", f"not among the options: {foreign}"
    if len(set(item.key)) < len(item.key):
        yield "key", "the same option twice"
    if item.type is ItemType.SINGLE and len(item.key) != 1:
        yield "key", f"single has exactly 1 right option, not {len(item.key)}"
    if item.type is ItemType.MULTIPLE and len(item.key) < 2:
        yield "key", f"multiple has at least 2 right options, not {len(item.key)}"


def _repeated(items: tuple[BankItem, ...]) -> list[Fault]:
    counts = Counter(item.id for item in items)
    return [Fault(code, "id", f"{times} items have it") for code, times in counts.items() if times > 1]


def _complete(item: BankItem) -> BankItem:
    if item.type is ItemType.TRUE_FALSE:
        return msgspec.structs.replace(item, options=TRUE_FALSE_OPTIONS)
    return item
