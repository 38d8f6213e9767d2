"""What a QTI item says, in one vocabulary for all versions: QTI 3 names without the prefix. Pure.

`line` is the place in the source file and takes no part in equality: two items are equal when they say the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Node:
    """An element of rules, expressions or body; `name` is canonical ("response-if", "p", "mathml:mi")."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple["Node | str", ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def elements(self) -> tuple["Node", ...]:
        """The child elements, without the text between them."""
        return tuple(child for child in self.children if isinstance(child, Node))

    @property
    def text(self) -> str:
        """All text inside, in reading order."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def get(self, name: str, default: str = "") -> str:
        """The attribute `name`, or `default` where it is missing."""
        return self.attributes.get(name, default)

    def first(self, name: str) -> "Node | None":
        """The first child element of that name."""
        return next((child for child in self.elements if child.name == name), None)

    def walk(self) -> Iterator["Node"]:
        """This element and all below it, in reading order."""
        yield self
        for child in self.elements:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Value:
    """One <value>: its text as written (ends and line breaks tidied), its field and type in a record."""

    text: str
    field_identifier: str | None = None
    base_type: str | None = None


@dataclass(frozen=True, slots=True)
class Values:
    """A list of values: a default or a correct response; `interpretation` is for people."""

    values: tuple[Value, ...]
    interpretation: str | None = None


@dataclass(frozen=True, slots=True)
class MapEntry:
    """What one response value is worth; case is a matter of strings only, and counts for all other types."""

    key: str
    value: float
    case_sensitive: bool = True


@dataclass(frozen=True, slots=True)
class ResponseMapping:
    """What each response value is worth, and the bounds of the sum; the default is for values not listed."""

    entries: tuple[MapEntry, ...]
    default: float = 0.0
    lower_bound: float | None = None
    upper_bound: float | None = None


@dataclass(frozen=True, slots=True)
class AreaEntry:
    """What a point inside a shape is worth; coordinates in pixels of the picture, as HTML image maps write them."""

    shape: str
    coords: tuple[float, ...]
    value: float


@dataclass(frozen=True, slots=True)
class AreaMapping:
    """What points inside areas are worth, and the bounds of the sum; the default is for points in no area."""

    entries: tuple[AreaEntry, ...]
    default: float = 0.0
    lower_bound: float | None = None
    upper_bound: float | None = None


@dataclass(frozen=True, slots=True)
class MatchTableEntry:
    """One exact row of a look-up: a whole number gives `target` (text of the outcome's base type)."""

    source: int
    target: str


@dataclass(frozen=True, slots=True)
class MatchTable:
    """Looks an outcome up by an exact whole number."""

    entries: tuple[MatchTableEntry, ...]
    default: str | None = None


@dataclass(frozen=True, slots=True)
class InterpolationTableEntry:
    """One lower bound of a look-up; without the boundary, a value must be above it."""

    source: float
    target: str
    include_boundary: bool = True


@dataclass(frozen=True, slots=True)
class InterpolationTable:
    """Looks an outcome up by the first bound at or under a number."""

    entries: tuple[InterpolationTableEntry, ...]
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """One variable of an item or test: kind "response", "outcome", "template" or "context"."""

    identifier: str
    kind: str
    cardinality: str
    base_type: str | None = None
    default: Values | None = None
    correct: Values | None = None
    mapping: ResponseMapping | None = None
    area_mapping: AreaMapping | None = None
    match_table: MatchTable | None = None
    interpolation_table: InterpolationTable | None = None
    normal_maximum: float | None = None
    normal_minimum: float | None = None
    mastery_value: float | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    """What else it says and scoring does not need: view, interpretation, external-scored, param-variable …"""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One assessment item. `version` is that of the source ("2.1", "2.2", "3.0") and takes no part in equality."""

    identifier: str
    title: str
    body: Node
    language: str = ""
    adaptive: bool = False
    time_dependent: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Of the root: label, tool-name, tool-version, data-*, class."""
    declarations: tuple[Declaration, ...] = ()
    template_processing: Node | None = None
    response_processing: Node | None = None
    modal_feedback: tuple[Node, ...] = ()
    stylesheets: tuple[Node, ...] = ()
    stimulus_refs: tuple[Node, ...] = ()
    companion: Node | None = None
    catalogs: Node | None = None
    extensions: tuple[Node, ...] = field(default=(), compare=False)
    """Accessibility extensions of 2.x in a namespace of their own: help for candidates, never scored."""
    version: str = field(default="3.0", compare=False)

    def declaration(self, identifier: str) -> Declaration | None:
        """The variable of that name, whatever its kind."""
        return next((one for one in self.declarations if one.identifier == identifier), None)


@dataclass(frozen=True, slots=True)
class Stimulus:
    """One shared stimulus (a passage that several items refer to)."""

    identifier: str
    title: str
    body: Node
    language: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    stylesheets: tuple[Node, ...] = ()
    catalogs: Node | None = None
    version: str = field(default="3.0", compare=False)


@dataclass(frozen=True, slots=True)
class Test:
    """One assessment test: its outcomes, its parts as nodes, its outcome processing and feedback."""

    __test__ = False

    identifier: str
    title: str
    parts: tuple[Node, ...]
    language: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    declarations: tuple[Declaration, ...] = ()
    time_limits: Node | None = None
    rubric_blocks: tuple[Node, ...] = ()
    stylesheets: tuple[Node, ...] = ()
    outcome_processing: Node | None = None
    feedback: tuple[Node, ...] = ()
    version: str = field(default="3.0", compare=False)
