"""Opens sealed papers at the start signal, and lets their custodian look into them before; both are audited."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor
from itembank.models import Paper, PaperOpening
from itembank.sealing import is_sealed
from itembank.vault import look_into, secret_of


@transaction.atomic
def open_papers(*, paper_ids: Iterable[int], actor: Actor, reason: str, now: datetime) -> int:
    """Open those of the papers that are still sealed; returns how many. Said again it changes nothing.

    SealKeyLost, BadSeal: then none is opened.
    """
    sealed = _sealed(paper_ids)
    for paper in sealed:
        secret = secret_of(paper) or ""
        values = {"secret": secret, "opened_at": now, "opened_by": str(actor), "reason": reason}
        PaperOpening.objects.create(paper=paper, **values)
        data = {"code": paper.code, "sha256": paper.sha256, "reason": reason}
        audit.record(audit.Act("itembank", "paper.opened", f"paper:{paper.pk}", str(actor), data), now)
    return len(sealed)


def check_openable(paper_ids: Iterable[int]) -> None:
    """SealKeyLost or BadSeal when the start signal could not open all of the papers and read them."""
    for paper in _sealed(paper_ids):
        look_into(paper)


def _sealed(paper_ids: Iterable[int]) -> list[Paper]:
    rows = (
        Paper.objects.filter(pk__in=set(paper_ids), opening=None).select_related("seal", "key").order_by("pk")
    )
    return [paper for paper in rows if is_sealed(paper.body)]


@transaction.atomic
def inspect_paper(*, paper: Paper, actor: Actor, now: datetime) -> dict[str, Any]:
    """The content of a paper that may still be sealed, for its custodian; SealKeyLost, BadSeal."""
    content, _ = look_into(paper)
    data = {"code": paper.code, "sealed": not hasattr(paper, "opening")}
    audit.record(audit.Act("itembank", "paper.inspected", f"paper:{paper.pk}", str(actor), data), now)
    return content
