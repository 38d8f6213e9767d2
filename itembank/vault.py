"""Where the venue's key is used: to seal a paper's secret and, before the start, to come to it again.

Whoever serves candidates does without: it reads the secret of an opened paper from its opening.
"""

from datetime import datetime
from typing import Any

from django.conf import settings

from itembank.models import Paper, PaperSeal
from itembank.models.papers import CONTENT, KEYS, opened_body
from itembank.sealing import text, unwrap, wrap


def keep_seal(paper: Paper, secret: bytes, now: datetime) -> None:
    """Store the secret of a paper that has just been frozen, sealed with the venue's key."""
    PaperSeal.objects.create(paper=paper, secret=wrap(secret, settings.SEAL_KEY, paper.code), sealed_at=now)


def secret_of(paper: Paper) -> str | None:
    """The paper's secret by the venue's key; None where it was frozen before papers were sealed.

    SealKeyLost, BadSeal.
    """
    seal = getattr(paper, "seal", None)
    return None if seal is None else text(unwrap(seal.secret, settings.SEAL_KEY, paper.code))


def look_into(paper: Paper) -> tuple[dict[str, Any], dict[str, Any]]:
    """Content and keys of a paper whether or not it is open; SealKeyLost, BadSeal."""
    opening = getattr(paper, "opening", None)
    secret = opening.secret if opening else secret_of(paper)
    content = opened_body(paper.body, paper.code, CONTENT, secret)
    return content, opened_body(paper.key.body, paper.code, KEYS, secret)
