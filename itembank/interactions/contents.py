"""Every kind of interaction as candidates are given it: the Structs behind `content["interactions"]`. Pure.

An item's content is `{"stem", "html", "interactions": {identifier: {"kind", …}}, "media": [{"id", "name",
"media_type", "sha256", "size"}]}`. `stem` is plain text, for lists and screen readers. `html` is safe (see
`markup`) and holds an empty element `<span data-interaction="IDENTIFIER">` where each interaction stands;
`prompt` and the `html` of options are safe too. Pictures in HTML are `<img src="media:M1">`, audio and video
likewise: `M1` is an `id` of `media`, and whoever shows it knows the address.

Nothing here is a float, so that a frozen paper's hash cannot change: decimals are strings, coordinates whole
pixels of the picture. Where a limit `max` is 0 there is none; `min` is what a whole answer has at least (less
may be stored: it is partly answered). Fields at their default are left out of the JSON. Answers are
`{identifier: [strings]}`:

| kind | strings of an answer |
|---|---|
| `choice`, `hot_text`, `hotspot` | the ids chosen |
| `inline_choice` | one id |
| `text_entry` | the text; with `units` the text and the unit chosen |
| `extended_text` | the text, or as many as `strings` allows |
| `order`, `graphic_order` | the ids in the candidate's order |
| `match` | `source target` pairs |
| `associate`, `graphic_associate` | pairs of ids; which stands first means nothing |
| `gap_match`, `graphic_gap_match` | `choice gap` pairs, `choice spot` pairs |
| `select_point`, `position_object` | points `x y`, whole pixels from the picture's upper left corner |
| `slider` | the number, as the author wrote numbers |
| `upload` | none: the file goes the way of uploads, under the item's id |
| `media` | how often it was played |
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

Identifier = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\A[^\s\x00]+\Z")]
Markup = Annotated[str, Meta(max_length=100_000, pattern=r"\A[^\x00]*\Z")]
Words = Annotated[str, Meta(max_length=2000, pattern=r"\A[^\x00]*\Z")]
Limit = Annotated[int, Meta(ge=0, le=10_000)]
Pixels = Annotated[int, Meta(ge=1, le=20_000)]
Figure = Annotated[str, Meta(max_length=40, pattern=r"\A-?\d+(\.\d+)?\Z")]
Shape = Literal["rect", "circle", "ellipse", "poly", "default"]

MOST_CHARS = 20_000
MOST_ENTRY_CHARS = 500


class Base(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What every kind may have: the author's question above it, safe HTML."""

    prompt: Markup = ""


class Option(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something to choose; `fixed` options keep their place when the others are mixed."""

    id: Identifier
    html: Markup
    fixed: bool = False


class Matchable(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something to be paired, `max` times at most."""

    id: Identifier
    html: Markup
    fixed: bool = False
    max: Limit = 1
    min: Limit = 0


class Gap(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A gap of a text, `<span data-gap="ID">` in its HTML; `label` names it for those who do not see it."""

    id: Identifier
    label: Words = ""


class Picture(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A picture of the item's media; width and height are the pixels that coordinates count in."""

    media: Identifier
    width: Pixels
    height: Pixels
    alt: Words = ""


class Spot(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A place in a picture, its label for those who do not see it.

    `coords` of rect: left, top, right, bottom; circle: x, y, r; ellipse: x, y, rx, ry; poly: x, y, …; default: none.
    """

    id: Identifier
    shape: Shape
    coords: tuple[int, ...]
    label: Words = ""
    max: Limit = 1
    min: Limit = 0


class Choice(Base, frozen=True, tag_field="kind", tag="choice", kw_only=True):
    """Choose one or several options."""

    options: tuple[Option, ...]
    max: Limit = 1
    min: Limit = 0
    shuffle: bool = False


class InlineChoice(Base, frozen=True, tag_field="kind", tag="inline_choice", kw_only=True):
    """Choose one option within a line of text."""

    options: tuple[Option, ...]
    shuffle: bool = False


class TextEntry(Base, frozen=True, tag_field="kind", tag="text_entry", kw_only=True):
    """One line of text or one number, of about `chars` characters; `units` are offered beside it."""

    format: Literal["text", "number", "integer"] = "text"
    chars: Limit = 0
    max_chars: Annotated[int, Meta(ge=1, le=MOST_ENTRY_CHARS)] = 200
    units: tuple[Words, ...] = ()
    placeholder: Words = ""


class ExtendedText(Base, frozen=True, tag_field="kind", tag="extended_text", kw_only=True):
    """Plain text of several lines, of about `chars` characters; `strings` fields of it."""

    max_chars: Annotated[int, Meta(ge=1, le=MOST_CHARS)] = 4000
    chars: Limit = 0
    lines: Limit = 0
    strings: Annotated[int, Meta(ge=1, le=50)] = 1
    min: Limit = 0


class Order(Base, frozen=True, tag_field="kind", tag="order", kw_only=True):
    """Bring all options, or `min` to `max` of them, into an order."""

    options: tuple[Option, ...]
    max: Limit = 0
    min: Limit = 0
    shuffle: bool = False


class Match(Base, frozen=True, tag_field="kind", tag="match", kw_only=True):
    """Pair each of one set with those of another."""

    sources: tuple[Matchable, ...]
    targets: tuple[Matchable, ...]
    max: Limit = 0
    min: Limit = 0
    shuffle: bool = False


class Associate(Base, frozen=True, tag_field="kind", tag="associate", kw_only=True):
    """Pair the options of one set with each other."""

    options: tuple[Matchable, ...]
    max: Limit = 0
    min: Limit = 0
    shuffle: bool = False


class GapMatch(Base, frozen=True, tag_field="kind", tag="gap_match", kw_only=True):
    """Fill the gaps of a text from a list; a gap takes one."""

    html: Markup
    choices: tuple[Matchable, ...]
    gaps: tuple[Gap, ...]
    max: Limit = 0
    min: Limit = 0
    shuffle: bool = False


class HotText(Base, frozen=True, tag_field="kind", tag="hot_text", kw_only=True):
    """Choose among words of a text, `<span data-hot="ID">` in its HTML; `texts` are their ids."""

    html: Markup
    texts: tuple[Identifier, ...]
    max: Limit = 1
    min: Limit = 0


class Hotspot(Base, frozen=True, tag_field="kind", tag="hotspot", kw_only=True):
    """Choose places of a picture."""

    picture: Picture
    spots: tuple[Spot, ...]
    max: Limit = 1
    min: Limit = 0


class SelectPoint(Base, frozen=True, tag_field="kind", tag="select_point", kw_only=True):
    """Point at a picture."""

    picture: Picture
    max: Limit = 1
    min: Limit = 0


class GraphicOrder(Base, frozen=True, tag_field="kind", tag="graphic_order", kw_only=True):
    """Bring the places of a picture into an order."""

    picture: Picture
    spots: tuple[Spot, ...]
    max: Limit = 0
    min: Limit = 0


class GraphicAssociate(Base, frozen=True, tag_field="kind", tag="graphic_associate", kw_only=True):
    """Pair the places of a picture with each other."""

    picture: Picture
    spots: tuple[Spot, ...]
    max: Limit = 0
    min: Limit = 0


class GraphicGapMatch(Base, frozen=True, tag_field="kind", tag="graphic_gap_match", kw_only=True):
    """Put choices, often pictures themselves, on the places of a picture."""

    picture: Picture
    choices: tuple[Matchable, ...]
    spots: tuple[Spot, ...]
    max: Limit = 0
    min: Limit = 0


class PositionObject(Base, frozen=True, tag_field="kind", tag="position_object", kw_only=True):
    """Put a small picture somewhere on a large one; its middle is the point."""

    picture: Picture
    object: Picture
    max: Limit = 1
    min: Limit = 0


class Slider(Base, frozen=True, tag_field="kind", tag="slider", kw_only=True):
    """Choose a number between two, in steps from the lower."""

    lower: Figure
    upper: Figure
    step: Figure = "1"
    reverse: bool = False
    vertical: bool = False


class Upload(Base, frozen=True, tag_field="kind", tag="upload", kw_only=True):
    """Hand in a file; `accept` are the endings it may have, in lower case with their dot."""

    accept: tuple[Annotated[str, Meta(max_length=12, pattern=r"\A\.[a-z0-9]+\Z")], ...]
    max_bytes: Annotated[int, Meta(ge=1, le=2**31 - 1)]


class Media(Base, frozen=True, tag_field="kind", tag="media", kw_only=True):
    """Hear or see something, `max` times at most; of `sources`, ids of media, the browser takes the first it can."""

    sources: tuple[Identifier, ...]
    video: bool = False
    loop: bool = False
    max: Limit = 0
    min: Limit = 0


Interaction = (
    Choice | InlineChoice | TextEntry | ExtendedText | Order | Match | Associate | GapMatch | HotText
    | Hotspot | SelectPoint | GraphicOrder | GraphicAssociate | GraphicGapMatch | PositionObject
    | Slider | Upload | Media
)  # fmt: skip
KINDS: tuple[type[Interaction], ...] = Interaction.__args__


class MediaEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A file that the item shows: its id in the content, a name without meaning, SHA-256 and number of its bytes."""

    id: Identifier
    name: Words
    media_type: Annotated[str, Meta(max_length=80)]
    sha256: Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
    size: Annotated[int, Meta(ge=0)]


class ItemContent(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole content of an item with interactions."""

    stem: str
    html: Markup
    interactions: dict[Identifier, Interaction]
    media: tuple[MediaEntry, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The content as JSON knows it, for a database or a paper."""
        value: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return value


def has_interactions(content: Any) -> bool:
    """Whether `content`, of an item in a paper, is of this form and not of the three plain types."""
    return "interactions" in content


def kind_of(interaction: Interaction) -> str:
    """The name of its kind, as content has it."""
    return str(interaction.__struct_config__.tag)


def read_interactions(content: Any) -> dict[str, Interaction]:
    """The interactions of an item's content by their identifiers; msgspec.ValidationError when they are none."""
    return msgspec.convert(content["interactions"], dict[Identifier, Interaction])
