"""What of QTI this reader knows, as data: rules, expressions, interactions, body elements and their attributes. Pure.

Whatever stands in no list is refused by name. Custom operators and portable or custom interactions are refused on
purpose: they run code that comes with the file.
"""

from dataclasses import dataclass

from itembank.qti.words import words

MANY = 10_000


@dataclass(frozen=True, slots=True)
class Element:
    """What may stand in and on an element: how many child elements, which attributes it needs and knows."""

    least: int = 0
    most: int = MANY
    needs: frozenset[str] = frozenset()
    knows: frozenset[str] = frozenset()

    @property
    def attributes(self) -> frozenset[str]:
        """All the attributes it may carry."""
        return self.needs | self.knows


def _element(least: int = 0, most: int = MANY, needs: str = "", knows: str = "") -> Element:
    return Element(least, most, frozenset(needs.split()), frozenset(knows.split()))


def _same(names: str, element: Element) -> dict[str, Element]:
    return dict.fromkeys(names.split(), element)


_SUBSET = "section-identifier include-category exclude-category"
EXPRESSIONS: dict[str, Element] = {
    **_same("and or max min gcd lcm sum product multiple ordered", _element()),
    **_same("not is-null container-size integer-to-float random round truncate", _element(1, 1)),
    **_same(
        "match member contains delete divide power subtract integer-divide integer-modulus", _element(2, 2)
    ),
    **_same("lt lte gt gte duration-lt duration-gte", _element(2, 2)),
    **_same("variable", _element(0, 0, "identifier", "weight-identifier")),
    **_same("correct default map-response map-response-point", _element(0, 0, "identifier")),
    **_same(
        "number-correct number-incorrect number-presented number-responded number-selected",
        _element(0, 0, "", _SUBSET),
    ),
    **_same(
        "outcome-maximum outcome-minimum",
        _element(0, 0, "outcome-identifier", f"{_SUBSET} weight-identifier"),
    ),
    "test-variables": _element(0, 0, "variable-identifier", f"{_SUBSET} weight-identifier base-type"),
    "null": _element(0, 0),
    "any-n": _element(1, MANY, "min max"),
    "base-value": _element(0, 0, "base-type"),
    "equal": _element(2, 2, "", "tolerance-mode tolerance include-lower-bound include-upper-bound"),
    "equal-rounded": _element(2, 2, "figures", "rounding-mode"),
    "field-value": _element(1, 1, "field-identifier"),
    "index": _element(1, 1, "n"),
    "inside": _element(1, 1, "shape coords"),
    "math-constant": _element(0, 0, "name"),
    "math-operator": _element(1, MANY, "name"),
    "pattern-match": _element(1, 1, "pattern"),
    "random-float": _element(0, 0, "max", "min"),
    "random-integer": _element(0, 0, "max", "min step"),
    "repeat": _element(1, MANY, "number-repeats"),
    "round-to": _element(1, 1, "figures", "rounding-mode"),
    "stats-operator": _element(1, 1, "name"),
    "string-match": _element(2, 2, "", "case-sensitive substring"),
    "substring": _element(2, 2, "", "case-sensitive"),
}
"""Every operator of QTI but the custom one, with the number of its operands."""

_BRANCHES = _element(1, MANY)
RULES: dict[str, Element] = {
    **_same("response-condition outcome-condition template-condition", _BRANCHES),
    **_same(
        "response-if response-else-if outcome-if outcome-else-if template-if template-else-if", _BRANCHES
    ),
    **_same("response-else outcome-else template-else", _element()),
    **_same("response-processing-fragment outcome-processing-fragment", _element()),
    **_same("exit-response exit-test exit-template", _element(0, 0)),
    **_same("set-outcome-value lookup-outcome-value set-template-value", _element(1, 1, "identifier")),
    **_same("set-correct-response set-default-value", _element(1, 1, "identifier")),
    "template-constraint": _element(1, 1),
}
PROCESSING: dict[str, Element] = {
    "response-processing": _element(0, MANY, "", "template template-location"),
    **_same("template-processing outcome-processing", _element()),
}
REFUSED = frozenset({"custom-operator", "custom-interaction", "portable-custom-interaction", "include"})


@dataclass(frozen=True, slots=True)
class Interaction:
    """One kind of interaction: the attributes it may carry, the values it gives, whether it is a block."""

    attributes: frozenset[str]
    base_types: frozenset[str]
    cardinalities: frozenset[str]
    inline: bool = False


def _interaction(
    attributes: str, base_types: str, cardinalities: str, *, inline: bool = False
) -> Interaction:
    own = frozenset(f"response-identifier {attributes}".split())
    return Interaction(own, frozenset(base_types.split()), frozenset(cardinalities.split()), inline)


_CHOICES = "max-choices min-choices"
_PAIRS = "max-associations min-associations"
_TEXT = "base string-identifier expected-length pattern-mask placeholder-text"
INTERACTIONS: dict[str, Interaction] = {
    "choice-interaction": _interaction(f"shuffle orientation {_CHOICES}", "identifier", "single multiple"),
    "order-interaction": _interaction(f"shuffle orientation {_CHOICES}", "identifier", "ordered"),
    "associate-interaction": _interaction(f"shuffle {_PAIRS}", "pair", "single multiple"),
    "match-interaction": _interaction(f"shuffle {_PAIRS}", "directedPair", "single multiple"),
    "gap-match-interaction": _interaction(f"shuffle {_PAIRS}", "directedPair", "single multiple"),
    "inline-choice-interaction": _interaction(
        "shuffle required min-choices", "identifier", "single", inline=True
    ),
    "text-entry-interaction": _interaction(
        f"{_TEXT} format",
        "string integer float identifier point pair directedPair duration uri boolean",
        "single record",
        inline=True,
    ),
    "extended-text-interaction": _interaction(
        f"{_TEXT} max-strings min-strings expected-lines format",
        "string integer float identifier point pair directedPair duration uri boolean",
        "single multiple ordered record",
    ),
    "hottext-interaction": _interaction(_CHOICES, "identifier", "single multiple"),
    "hotspot-interaction": _interaction(_CHOICES, "identifier", "single multiple"),
    "select-point-interaction": _interaction(_CHOICES, "point", "single multiple"),
    "graphic-order-interaction": _interaction(_CHOICES, "identifier", "ordered"),
    "graphic-associate-interaction": _interaction(_PAIRS, "pair", "single multiple"),
    "graphic-gap-match-interaction": _interaction(_PAIRS, "directedPair", "single multiple"),
    "position-object-interaction": _interaction(f"center-point {_CHOICES}", "point", "single multiple"),
    "slider-interaction": _interaction(
        "lower-bound upper-bound step step-label orientation reverse", "integer float", "single"
    ),
    "media-interaction": _interaction("autostart min-plays max-plays loop coords", "integer", "single"),
    "drawing-interaction": _interaction("", "file", "single"),
    "upload-interaction": _interaction("type", "file uri", "single"),
    "end-attempt-interaction": _interaction("title count-attempt", "boolean", "single", inline=True),
}
PARTS = words(
    """prompt simple-choice simple-match-set simple-associable-choice gap gap-img gap-text hottext inline-choice
    hotspot-choice associable-hotspot position-object-stage feedback-block feedback-inline template-block
    template-inline rubric-block printed-variable stylesheet content-body item-body info-control catalog-info
    modal-feedback"""
)
"""What else of QTI stands in a body."""

STRUCTURE = words(
    """assessment-item assessment-test assessment-stimulus stimulus-body response-declaration outcome-declaration
    template-declaration context-declaration assessment-stimulus-ref companion-materials-info test-part
    assessment-section assessment-section-ref assessment-item-ref item-session-control time-limits selection
    ordering weight variable-mapping template-default pre-condition branch-rule test-feedback adaptive-item
    catalog card card-entry html-content file-href value default-value correct-response mapping
    map-entry area-mapping area-map-entry match-table match-table-entry interpolation-table
    interpolation-table-entry"""
)
"""What stands outside bodies and rules."""

HTML = words(
    """a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup
    dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd
    label li main mark nav object ol p param picture pre q rb rbc rp rt rtc ruby s samp section small source span
    strike strong sub summary sup table tbody td tfoot th thead time tr track tt u ul var video wbr"""
)
"""HTML that may stand in a body; scripts, forms and frames may not."""

QTI_NAMES = (
    frozenset(EXPRESSIONS)
    | frozenset(RULES)
    | frozenset(PROCESSING)
    | frozenset(INTERACTIONS)
    | PARTS
    | STRUCTURE
    | REFUSED
)
BODY_NAMES = frozenset(INTERACTIONS) | PARTS
LENIENT = words("companion-materials-info catalog-info")
"""Help for candidates that scoring never sees: whatever QTI names stand inside are kept."""
WRAPPED = frozenset({"modal-feedback", "feedback-block", "template-block", "rubric-block", "test-feedback"})
"""What QTI 3 fills through a `qti-content-body`; the model leaves that layer out."""

BOOLEANS = words(
    """adaptive time-dependent shuffle fixed required reverse step-label autostart loop case-sensitive substring
    include-lower-bound include-upper-bound include-boundary visible keep-together with-replacement allow-review
    show-feedback show-solution allow-comment allow-skipping validate-responses allow-late-submission
    param-variable math-variable count-attempt center-point"""
)
INTEGERS = words(
    """max-choices min-choices max-associations min-associations match-max match-min expected-length expected-lines
    max-strings min-strings max-plays min-plays"""
)
AS_WRITTEN = words("map-key pattern title label definition placeholder-text pattern-mask alt")
"""Attributes whose spaces count; of the others the ends are trimmed."""

BASE_TYPES = words(
    """identifier boolean integer float string point pair directedPair duration file uri intOrIdentifier"""
)
CARDINALITIES = words("single multiple ordered record")
SHAPES = words("default rect circle ellipse poly")
