"""What differs between two versions of an item: field by field, the words that went and came marked. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from itembank.versions import Draft

# A word of letters, a number, or one character: Chinese has no spaces to cut at.
_WORD = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; `change` is "same", "gone" or "come"."""

    change: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that differs: its name as a locale key's end, the `part` of it, and the pieces in order."""

    field: str
    part: str
    pieces: tuple[Piece, ...]

    @property
    def secret(self) -> bool:
        """Whether the field belongs to the key."""
        return self.field in ("key", "explanation")


def differences(before: Draft, after: Draft) -> list[FieldDifference]:
    """Every field that is not the same, in the order in which an editor shows them."""
    old, new = dict(_fields(before)), dict(_fields(after))
    names = list(dict.fromkeys([*old, *new]))
    return [
        FieldDifference(field, part, pieces(old.get((field, part), ""), new.get((field, part), "")))
        for field, part in names
        if old.get((field, part), "") != new.get((field, part), "")
    ]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts as one, in pieces that stayed, went and came; long texts are compared as a whole."""
    if max(len(before), len(after)) > LONGEST:
        return (Piece("gone", before[:LONGEST]), Piece("come", after[:LONGEST]))
    old, new = _WORD.findall(before), _WORD.findall(after)
    found: list[Piece] = []
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(old[first:last])))
            continue
        if last > first:
            found.append(Piece("gone", "".join(old[first:last])))
        if end > start:
            found.append(Piece("come", "".join(new[start:end])))
    return tuple(found)


def _fields(draft: Draft) -> Iterator[tuple[tuple[str, str], str]]:
    yield ("type", ""), draft.type.value
    yield from _content(draft.content)
    yield ("key", ""), key_text(draft.key)
    yield ("explanation", ""), draft.explanation
    yield ("points", ""), f"{draft.points.normalize():f}"
    yield ("knowledge_point", ""), draft.knowledge_point
    yield ("direction", ""), draft.direction
    yield ("difficulty", ""), f"{draft.difficulty:g}"
    yield ("tags", ""), ", ".join(draft.attributes.get("tags", ()))


def _content(content: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    yield ("stem", ""), content.get("stem", "")
    for option in content.get("options", ()):
        yield ("option", option["id"]), option["text"]
    for name, interaction in content.get("interactions", {}).items():
        for kind in ("options", "sources", "targets", "choices", "gaps", "spots"):
            for one in interaction.get(kind, ()):
                yield ("option", f"{name}.{one['id']}"), _words(one.get("html") or one.get("label") or "")
        yield ("settings", name), _settings(interaction)
    for one in content.get("media", ()):
        yield ("media", one["id"]), one["sha256"]


def _words(html: str) -> str:
    return _TAG.sub("", html)


def _settings(interaction: Mapping[str, Any]) -> str:
    plain = {name: value for name, value in interaction.items() if not isinstance(value, list | dict)}
    return ", ".join(f"{name} {value}" for name, value in sorted(plain.items()))


def key_text(key: Mapping[str, Any]) -> str:
    """A key as a person reads it: the ids that are right, the answers that are accepted, with their shares."""
    grading = key.get("grading", key)
    by = grading.get("by", "choice")
    if by in _READ:
        return _READ[by](grading)
    return str(grading.get("guide", by)) or str(by)


def _declared(response: Mapping[str, Any]) -> str:
    """What a QTI response declares as right, or what its values earn; rules may say more than that."""
    right = [value["text"] for value in response.get("correct", {}).get("values", ())]
    entries = response.get("mapping", {}).get("entries", ())
    earned = [f"{one['key']} ({one['value']})" for one in entries]
    said = ", ".join(right or earned)
    return f"{response['identifier']}: {said}" if said else ""


def _with_shares(correct: Sequence[str], shares: Mapping[str, str] | None) -> str:
    if not shares:
        return ", ".join(correct)
    return ", ".join(f"{id} {share}" for id, share in shares.items())


def _answer(one: Mapping[str, Any]) -> str:
    text = str(one.get("text", one.get("value", "")))
    around = f" ± {one['tolerance']}" if one.get("tolerance", "0") != "0" else ""
    share = f" ({one['fraction']})" if one.get("fraction", "1") != "1" else ""
    return f"{text}{around}{share}"


def _parts(grading: Mapping[str, Any]) -> str:
    return "; ".join(f"{name}: {key_text(part)}" for name, part in grading["parts"].items())


def _responses(grading: Mapping[str, Any]) -> str:
    asked = (one for one in grading["declarations"] if one["kind"] == "response")
    return "; ".join(text for one in asked if (text := _declared(one)))


def _answers(grading: Mapping[str, Any]) -> str:
    return "; ".join(_answer(one) for one in grading["answers"])


_READ: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "choice": lambda grading: _with_shares(grading["correct"], grading.get("fractions")),
    "short": _answers,
    "numeric": _answers,
    "match": lambda grading: "; ".join(f"{left} → {right}" for left, right in grading["pairs"]),
    "order": lambda grading: " → ".join(grading["order"]),
    "cloze": _parts,
    "qti": _responses,
}
