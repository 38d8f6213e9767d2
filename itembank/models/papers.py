"""Frozen papers, what they are scored by, and the files they hand out."""

from functools import lru_cache
from typing import Any

from django.db import models

from itembank.fields import points_text
from itembank.freezing import digest
from itembank.models.frozen import FrozenModel
from itembank.models.seals import PaperOpening
from itembank.sealing import PaperSealed, is_sealed, raw, unseal

CONTENT, KEYS = "content", "keys"
KEPT_OPEN = 64


@lru_cache(maxsize=KEPT_OPEN)
def _unsealed(nonce: str, data: str, secret: str, about: str) -> Any:
    return unseal({"nonce": nonce, "data": data}, raw(secret), about)


def opened_body(body: Any, code: str, part: str, secret: str | None) -> Any:
    """What stands in a paper's column: as it is where it was never sealed, else opened; PaperSealed without a secret.

    What was opened is kept in memory and shared: callers add to copies. BadSeal.
    """
    if not is_sealed(body):
        return body
    if secret is None:
        raise PaperSealed(code)
    return _unsealed(str(body.get("nonce")), str(body.get("data")), secret, f"{code}/{part}")


def opening_secret(paper_id: int) -> str | None:
    """The secret of a paper that was opened."""
    found: str | None = (
        PaperOpening.objects.filter(paper_id=paper_id).values_list("secret", flat=True).first()
    )
    return found


class Paper(FrozenModel):
    """A frozen paper: content without keys, hash, minutes, pass mark and policy, all as data.

    `body` is the content, sealed (older papers: as it is); `outline` says of it what may be known before the start.
    """

    code = models.CharField(max_length=40, unique=True)
    offering = models.CharField(max_length=8)
    subject = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    minutes = models.PositiveSmallIntegerField()
    pass_mark = models.DecimalField(max_digits=5, decimal_places=1)
    body = models.JSONField(db_column="content")
    outline = models.JSONField(default=dict)
    policy = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    seed = models.PositiveBigIntegerField(null=True)

    def __str__(self) -> str:
        return self.code

    @property
    def content(self) -> Any:
        """What candidates are given; PaperSealed before the paper was opened."""
        secret = opening_secret(self.pk) if is_sealed(self.body) else None
        return opened_body(self.body, self.code, CONTENT, secret)

    def computed_sha256(self, content: Any) -> str:
        """The hash over all that candidates are given and judged by; `sha256` holds it since freezing."""
        pass_mark = points_text(self.pass_mark)
        head = [self.code, self.offering, self.subject, self.title, self.minutes, pass_mark]
        return digest([head, content, self.policy])


class PaperKey(FrozenModel):
    """What a frozen paper is scored by: keys of its items, or the rubric lines of its tasks."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="key")
    body = models.JSONField(db_column="keys")
    sha256 = models.CharField(max_length=64)

    @property
    def keys(self) -> Any:
        """Keys of items, or rubrics of tasks; PaperSealed before the paper was opened."""
        secret = opening_secret(self.paper_id) if is_sealed(self.body) else None
        return opened_body(self.body, self.paper.code, KEYS, secret)

    def __str__(self) -> str:
        return f"key of {self.paper_id}"


class Material(FrozenModel):
    """A file that a task hands to the candidate, stored under its hash."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="materials")
    task = models.CharField(max_length=16)
    code = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "task", "code"], name="material_once_a_task")]

    def __str__(self) -> str:
        return f"{self.paper_id}/{self.task}/{self.code}"
