"""The key of a paper, only if it still is what was frozen, with the corrections that were decided laid over it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from itembank.freezing import digest
from scoring import papers
from scoring.models import KeyCorrection
from scoring.states import CorrectionState, Treatment

if TYPE_CHECKING:
    from examserver.delivery.models import Sitting
    from itembank.models import Paper


class KeyChanged(ValueError):
    """The stored key no longer has the hash that it was frozen with; nothing may be scored by it."""


def frozen_keys(sitting: "Sitting") -> Mapping[str, Any]:
    """Keys of items, or rubrics of tasks, as `itembank.selectors.keys` describes them; KeyChanged."""
    return keys_of(sitting.paper)


def keys_of(paper: "Paper") -> Mapping[str, Any]:
    """The frozen keys of the paper; KeyChanged."""
    key = paper.key
    if digest(key.keys) != key.sha256:
        raise KeyChanged(f"the key of paper {paper.code} is not the frozen one")
    keys: Mapping[str, Any] = key.keys
    return keys


def corrections_of(paper: "Paper") -> tuple[papers.Correction, ...]:
    """The corrections that count, in the order in which they were decided."""
    rows = KeyCorrection.objects.filter(paper_id=paper.pk, state=CorrectionState.APPLIED)
    return tuple(map(read_correction, rows.order_by("decided_at", "pk")))


def read_correction(row: KeyCorrection) -> papers.Correction:
    """The row as a value."""
    return papers.Correction(row.item, Treatment(row.treatment), row.key)


def key_version(paper: "Paper", corrections: tuple[papers.Correction, ...]) -> str:
    """The frozen key's hash, or that of the key with its corrections."""
    sha256: str = paper.key.sha256
    return digest([sha256, [one.as_data() for one in corrections]]) if corrections else sha256


def rules_of(paper: "Paper", *more: papers.Correction) -> papers.PaperRules:
    """What the paper is scored by now, or would be with `more`; rules.BadKey, KeyChanged."""
    corrections = (*corrections_of(paper), *more)
    keys = papers.corrected_keys(keys_of(paper), corrections)
    read = papers.read_rules(keys, paper.policy, papers.option_counts(paper.content))
    voided = papers.voided_items(corrections)
    return papers.PaperRules(read.keys, read.policy, key_version(paper, corrections), voided)


def current_keys(paper: "Paper") -> dict[str, Any]:
    """The keys' data as it counts now; KeyChanged."""
    return papers.corrected_keys(keys_of(paper), corrections_of(paper))
