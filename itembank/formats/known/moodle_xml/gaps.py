"""Gaps in a text that are filled from a list: the first option is right in `[[1]]`, among those of its group."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from itembank.formats.known.moodle_xml.fields import Source, switch
from itembank.formats.problems import BadQuestion
from itembank.formats.question import Choice, Part, Question
from itembank.formats.xml import text_at

_GAP = re.compile(r"\[\[(\d{1,3})\]\]")


@dataclass(frozen=True, slots=True)
class _Option:
    """A text that may stand in the gaps of its group."""

    text: str
    group: str


def gaps(source: Source) -> Mapping[str, Any]:
    """The fields of a gapselect or ddwtos question: a cloze with a single choice for each gap."""
    element = source.element
    listed = [*element.findall("selectoption"), *element.findall("dragbox")]
    options = [_Option(text_at(one, "text"), text_at(one, "group", "1")) for one in listed]
    places: list[int] = []

    def named(found: re.Match[str]) -> str:
        places.append(int(found[1]))
        return f"{{#{len(places)}}}"

    prompt = _GAP.sub(named, source.rich(element.find("questiontext")).text)
    shuffle = switch(element, "shuffleanswers")
    parts = tuple(
        Part(name=str(n), question=_part(place, options, source, shuffle))
        for n, place in enumerate(places, 1)
    )
    return {"type": "cloze", "prompt": prompt, "parts": parts, "layout": element.get("type", "")}


def _part(place: int, options: list[_Option], source: Source, shuffle: bool) -> Question:
    if not 1 <= place <= len(options):
        raise BadQuestion("gap_without_option", source.element.sourceline or 0, gap=place)
    right = options[place - 1]
    choices = tuple(
        Choice(text=one.text, fraction=float(number == place))
        for number, one in enumerate(options, 1)
        if one.group == right.group
    )
    return Question(
        type="single",
        prompt="",
        format=source.format,
        choices=choices,
        points=1,
        shuffle=shuffle,
        layout="MCS" if shuffle else "MC",
    )
