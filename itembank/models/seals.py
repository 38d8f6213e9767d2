"""How a frozen paper is sealed, and that it was opened."""

from django.db import models

from itembank.models.frozen import FrozenModel


class PaperSeal(FrozenModel):
    """The secret of a paper, itself sealed with the venue's key, which is in no table."""

    paper = models.OneToOneField("itembank.Paper", on_delete=models.PROTECT, related_name="seal")
    secret = models.JSONField()
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"seal of {self.paper_id}"


class PaperOpening(FrozenModel):
    """That a paper was opened, by whom and for what; from then on its secret stands here in the clear.

    So whoever serves candidates needs this row and not the venue's key, and a lost key loses no paper that was sat.
    """

    paper = models.OneToOneField("itembank.Paper", on_delete=models.PROTECT, related_name="opening")
    secret = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=64)
    reason = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"opening of {self.paper_id}"
