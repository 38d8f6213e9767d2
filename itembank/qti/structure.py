"""The frame of a test: parts, sections and references, each with what it may hold, as data. Pure."""

from dataclasses import dataclass

from itembank.qti.words import words


@dataclass(frozen=True, slots=True)
class Frame:
    """What an element of a test's frame may hold: attributes, attributes it needs, children, expressions."""

    knows: frozenset[str]
    needs: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    expressions: int = 0


_BEFORE = "pre-condition branch-rule item-session-control time-limits"
_SECTIONS = "assessment-section assessment-section-ref"
FRAMES: dict[str, Frame] = {
    "test-part": Frame(
        words("identifier navigation-mode submission-mode title class"),
        words("identifier navigation-mode submission-mode"),
        words(f"{_BEFORE} {_SECTIONS} rubric-block test-feedback"),
    ),
    "assessment-section": Frame(
        words("identifier title visible keep-together required fixed class"),
        words("identifier title visible"),
        words(f"{_BEFORE} {_SECTIONS} selection ordering rubric-block assessment-item-ref"),
    ),
    "assessment-section-ref": Frame(
        words("identifier href required fixed category class"), words("identifier href"), words(_BEFORE)
    ),
    "assessment-item-ref": Frame(
        words("identifier href required fixed category class"),
        words("identifier href"),
        words(f"{_BEFORE} variable-mapping weight template-default"),
    ),
    "item-session-control": Frame(
        words(
            """max-attempts show-feedback allow-review show-solution allow-comment allow-skipping
            validate-responses"""
        )
    ),
    "time-limits": Frame(words("min-time max-time allow-late-submission")),
    "selection": Frame(words("select with-replacement"), words("select")),
    "ordering": Frame(words("shuffle")),
    "weight": Frame(words("identifier value"), words("identifier value")),
    "variable-mapping": Frame(
        words("source-identifier target-identifier"), words("source-identifier target-identifier")
    ),
    "template-default": Frame(words("template-identifier"), words("template-identifier"), expressions=1),
    "pre-condition": Frame(frozenset(), expressions=1),
    "branch-rule": Frame(words("target"), words("target"), expressions=1),
}
"""QTI's `adaptive-selection` is left out on purpose: it asks an engine somewhere in the network for items."""

TEST_CHILDREN = words(
    """context-declaration outcome-declaration time-limits stylesheet rubric-block test-part
    outcome-processing test-feedback"""
)
NAVIGATION = words("linear nonlinear")
SUBMISSION = words("individual simultaneous")
