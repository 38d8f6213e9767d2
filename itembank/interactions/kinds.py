"""One function for each QTI interaction that candidates can be given: from its node to its content. Pure.

Not offered in papers, and refused by name: drawing, end attempt, custom and portable custom interactions.
"""

import mimetypes
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from itembank.interactions import contents as c
from itembank.interactions.bodies import Body
from itembank.interactions.markup import placed_html
from itembank.interactions.media import MediaFile
from itembank.qti.model import Declaration, Node

UPLOAD_ENDINGS = (".pdf", ".docx", ".xlsx", ".pptx", ".txt", ".csv", ".png", ".jpg", ".jpeg", ".mp4", ".zip")
UPLOAD_BYTES = 50 * 1024 * 1024
_NUMBERS = re.compile(r"-?\d+\.?\d*%?")


class NotOffered(ValueError):
    """An interaction, or a form of one, that no paper can have; `code` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Source:
    """An interaction's node, the body that it stands in, its variable, and the picture around it where there is one."""

    node: Node
    body: Body
    declaration: Declaration | None
    stage: Node | None = None

    @property
    def single(self) -> bool:
        return self.declaration is not None and self.declaration.cardinality == "single"

    def number(self, name: str, default: int) -> int:
        """A whole number among the attributes; what is none counts as the default."""
        text = self.node.get(name).strip()
        return int(text) if text.isascii() and text.isdigit() else default

    def limit(self, name: str, default: int) -> int:
        """A limit of the answer; a single value is one at most, whatever else is said."""
        return 1 if self.single else self.number(name, default)

    def flag(self, name: str) -> bool:
        return self.node.get(name).strip().lower() == "true"

    def html(self, children: Sequence[Node | str]) -> str:
        return placed_html(self.body.inner(children), frozenset(self.body.codes.values())).strip()

    @property
    def prompt(self) -> str:
        found = self.node.first("prompt")
        return self.html(found.children) if found else ""

    def named(self, *names: str) -> list[Node]:
        """The elements of these names anywhere in the interaction, in their order."""
        return [one for one in self.node.walk() if one.name in names]


def interaction_of(source: Source) -> c.Interaction:
    """The content of the interaction; NotOffered."""
    build = _KINDS.get(source.node.name)
    if build is None or (source.declaration and source.declaration.cardinality == "record"):
        raise NotOffered("not_in_papers")
    return build(source)


def _option(source: Source, node: Node) -> c.Option:
    return c.Option(node.get("identifier"), source.html(node.children), node.get("fixed").lower() == "true")


def _options(source: Source, name: str) -> tuple[c.Option, ...]:
    return tuple(_option(source, node) for node in source.named(name))


def _uses(node: Node, name: str) -> int:
    text = node.get(name).strip()
    return int(text) if text.isascii() and text.isdigit() else (1 if name == "match-max" else 0)


def _matchable(source: Source, node: Node) -> c.Matchable:
    fixed = node.get("fixed").lower() == "true"
    html = source.html(node.children)
    return c.Matchable(
        node.get("identifier"), html, fixed, _uses(node, "match-max"), _uses(node, "match-min")
    )


def _choice(source: Source) -> c.Choice:
    options = _options(source, "simple-choice")
    most, least = source.limit("max-choices", 1), source.number("min-choices", 0)
    return c.Choice(
        prompt=source.prompt, options=options, max=most, min=least, shuffle=source.flag("shuffle")
    )


def _inline_choice(source: Source) -> c.InlineChoice:
    return c.InlineChoice(options=_options(source, "inline-choice"), shuffle=source.flag("shuffle"))


def _text_entry(source: Source) -> c.TextEntry:
    base = source.declaration.base_type if source.declaration else "string"
    plain = source.node.get("base", "10") == "10"
    format: Literal["text", "number", "integer"] = "text"
    if plain and base in ("integer", "float"):
        format = "integer" if base == "integer" else "number"
    most = min(c.MOST_ENTRY_CHARS, max(200, 2 * source.number("expected-length", 0)))
    chars = min(source.number("expected-length", 0), 10_000)
    return c.TextEntry(
        format=format, chars=chars, max_chars=most, placeholder=source.node.get("placeholder-text")
    )


def _extended_text(source: Source) -> c.ExtendedText:
    expected = min(source.number("expected-length", 0), 10_000)
    most = min(c.MOST_CHARS, max(4000, 4 * expected))
    strings = 1 if source.single else min(50, max(1, source.number("max-strings", 1)))
    lines, least = min(source.number("expected-lines", 0), 40), min(strings, source.number("min-strings", 0))
    return c.ExtendedText(
        prompt=source.prompt, max_chars=most, chars=expected, lines=lines, strings=strings, min=least
    )


def _order(source: Source) -> c.Order:
    most, least = source.number("max-choices", 0), source.number("min-choices", 0)
    options = _options(source, "simple-choice")
    return c.Order(prompt=source.prompt, options=options, max=most, min=least, shuffle=source.flag("shuffle"))


def _pairing(source: Source, default: int) -> dict[str, Any]:
    most, least = source.limit("max-associations", default), source.number("min-associations", 0)
    return {"prompt": source.prompt, "max": most, "min": least}


def _match(source: Source) -> c.Match:
    sets = [one for one in source.node.elements if one.name == "simple-match-set"]
    left, right = (tuple(_matchable(source, node) for node in one.elements) for one in sets[:2])
    return c.Match(sources=left, targets=right, shuffle=source.flag("shuffle"), **_pairing(source, 1))


def _associate(source: Source) -> c.Associate:
    options = tuple(_matchable(source, node) for node in source.named("simple-associable-choice"))
    return c.Associate(options=options, shuffle=source.flag("shuffle"), **_pairing(source, 1))


def _gap_choices(source: Source) -> tuple[c.Matchable, ...]:
    return tuple(_matchable(source, node) for node in source.named("gap-text", "gap-img"))


def _without(source: Source, *names: str) -> str:
    return source.html([one for one in source.node.children if isinstance(one, str) or one.name not in names])


def _gap_match(source: Source) -> c.GapMatch:
    gaps = tuple(c.Gap(one.get("identifier"), one.get("aria-label")) for one in source.named("gap"))
    html, choices = _without(source, "gap-text", "gap-img"), _gap_choices(source)
    mixed = source.flag("shuffle")
    return c.GapMatch(html=html, choices=choices, gaps=gaps, shuffle=mixed, **_pairing(source, 0))


def _hot_text(source: Source) -> c.HotText:
    texts = tuple(one.get("identifier") for one in source.named("hottext"))
    most, least = source.limit("max-choices", 1), source.number("min-choices", 0)
    return c.HotText(prompt=source.prompt, html=_without(source), texts=texts, max=most, min=least)


def _size(node: Node, file: MediaFile) -> tuple[int, int]:
    """The pixels that coordinates count in: those of the element, else the file's own."""
    given = [node.get(name).strip().removesuffix("px") for name in ("width", "height")]
    if all(one.isascii() and one.isdigit() and int(one) for one in given):
        return int(given[0]), int(given[1])
    if not (file.width and file.height):
        raise NotOffered("picture_without_size")
    return file.width, file.height


def _picture(source: Source, node: Node | None) -> c.Picture:
    """The picture that `node` has as a child."""
    for one in node.elements if node else ():
        found = source.body.picture(one) if one.name in ("object", "img", "picture") else None
        if found:
            width, height = _size(one, found[1])
            words = one.get("alt") or one.text.strip() or one.get("aria-label")
            return c.Picture(found[0], width, height, words)
    raise NotOffered("missing_media")


def _spots(source: Source, name: str, picture: c.Picture) -> tuple[c.Spot, ...]:
    return tuple(_spot(node, picture) for node in source.named(name))


def _spot(node: Node, picture: c.Picture) -> c.Spot:
    label = node.get("hotspot-label") or node.get("aria-label")
    shape: Any = node.get("shape", "default")
    if shape not in ("rect", "circle", "ellipse", "poly", "default"):
        raise NotOffered("not_in_papers")
    coords = _coords(node.get("coords"), picture) if shape != "default" else ()
    if len(coords) < {"rect": 4, "circle": 3, "ellipse": 4, "poly": 6, "default": 0}[shape]:
        raise NotOffered("bad_coords")
    return c.Spot(
        node.get("identifier"), shape, coords, label, _uses(node, "match-max"), _uses(node, "match-min")
    )


def _coords(text: str, picture: c.Picture) -> tuple[int, ...]:
    sides = (picture.width, picture.height)
    found = _NUMBERS.findall(text)
    return tuple(_pixels(one, sides[place % 2]) for place, one in enumerate(found))


def _pixels(text: str, whole: int) -> int:
    return round(float(text.rstrip("%")) * whole / 100) if text.endswith("%") else round(float(text))


def _hotspot(source: Source) -> c.Hotspot:
    picture = _picture(source, source.node)
    spots = _spots(source, "hotspot-choice", picture)
    most, least = source.limit("max-choices", 1), source.number("min-choices", 0)
    return c.Hotspot(prompt=source.prompt, picture=picture, spots=spots, max=most, min=least)


def _select_point(source: Source) -> c.SelectPoint:
    most, least = source.limit("max-choices", 0), source.number("min-choices", 0)
    return c.SelectPoint(prompt=source.prompt, picture=_picture(source, source.node), max=most, min=least)


def _graphic_order(source: Source) -> c.GraphicOrder:
    picture = _picture(source, source.node)
    most, least = source.number("max-choices", 0), source.number("min-choices", 0)
    spots = _spots(source, "hotspot-choice", picture)
    return c.GraphicOrder(prompt=source.prompt, picture=picture, spots=spots, max=most, min=least)


def _graphic_associate(source: Source) -> c.GraphicAssociate:
    picture = _picture(source, source.node)
    spots = _spots(source, "associable-hotspot", picture)
    return c.GraphicAssociate(picture=picture, spots=spots, **_pairing(source, 1))


def _graphic_gap_match(source: Source) -> c.GraphicGapMatch:
    picture = _picture(source, source.node)
    spots, choices = _spots(source, "associable-hotspot", picture), _gap_choices(source)
    return c.GraphicGapMatch(picture=picture, choices=choices, spots=spots, **_pairing(source, 0))


def _position_object(source: Source) -> c.PositionObject:
    if source.stage is None:
        raise NotOffered("object_without_stage")
    picture, thing = _picture(source, source.stage), _picture(source, source.node)
    most, least = source.limit("max-choices", 1), source.number("min-choices", 0)
    return c.PositionObject(prompt=source.prompt, picture=picture, object=thing, max=most, min=least)


def _figure(text: str, default: str) -> str:
    """A number as it stands in a frozen paper: plain decimal, no exponent and no needless zeros."""
    try:
        value = Decimal(text.strip() or default)
    except InvalidOperation as error:
        raise NotOffered("bad_number") from error
    if not value.is_finite() or abs(value.adjusted()) > 15:
        raise NotOffered("bad_number")
    written = format(value, "f")
    return (written.rstrip("0").rstrip(".") if "." in written else written) or "0"


def _slider(source: Source) -> c.Slider:
    node = source.node
    lower, upper = (_figure(node.get(name), "0") for name in ("lower-bound", "upper-bound"))
    step = _figure(node.get("step"), "1")
    if Decimal(step) <= 0 or Decimal(lower) >= Decimal(upper):
        raise NotOffered("bad_number")
    vertical = node.get("orientation") == "vertical"
    reverse = source.flag("reverse")
    return c.Slider(
        prompt=source.prompt, lower=lower, upper=upper, step=step, reverse=reverse, vertical=vertical
    )


def _upload(source: Source) -> c.Upload:
    types = source.node.get("type").split()
    endings = tuple(sorted({ending for one in types for ending in mimetypes.guess_all_extensions(one)}))
    return c.Upload(prompt=source.prompt, accept=endings or UPLOAD_ENDINGS, max_bytes=UPLOAD_BYTES)


def _media(source: Source) -> c.Interaction:
    body = source.body
    known = [
        address for one in source.node.walk() if (address := one.get("src") or one.get("data")) in body.files
    ]
    if not known:
        raise NotOffered("missing_media")
    first = body.files[known[0]]
    if first.is_picture:
        raise NotOffered("not_in_papers")
    return c.Media(
        prompt=source.prompt,
        sources=tuple(body.codes[address] for address in known),
        video=first.media_type.startswith("video/"),
        loop=source.flag("loop"),
        max=source.number("max-plays", 0),
        min=source.number("min-plays", 0),
    )


_KINDS: dict[str, Callable[[Source], c.Interaction]] = {
    "choice-interaction": _choice,
    "inline-choice-interaction": _inline_choice,
    "text-entry-interaction": _text_entry,
    "extended-text-interaction": _extended_text,
    "order-interaction": _order,
    "match-interaction": _match,
    "associate-interaction": _associate,
    "gap-match-interaction": _gap_match,
    "hottext-interaction": _hot_text,
    "hotspot-interaction": _hotspot,
    "select-point-interaction": _select_point,
    "graphic-order-interaction": _graphic_order,
    "graphic-associate-interaction": _graphic_associate,
    "graphic-gap-match-interaction": _graphic_gap_match,
    "position-object-interaction": _position_object,
    "slider-interaction": _slider,
    "upload-interaction": _upload,
    "media-interaction": _media,
}
