"""Where versions have been used: the papers that took them, the days they were shown, and what the days said."""

from django.db import models

from itembank.models.frozen import FrozenModel
from itembank.models.items import ItemVersion


class PaperUse(FrozenModel):
    """A frozen paper took this version."""

    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="uses")
    paper = models.ForeignKey("itembank.Paper", on_delete=models.PROTECT, related_name="uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "paper"], name="version_once_a_paper")]

    def __str__(self) -> str:
        return f"{self.version_id} in {self.paper_id}"


class Exposure(models.Model):
    """How many candidates saw a version in a paper on a day."""

    use = models.ForeignKey(PaperUse, on_delete=models.PROTECT, related_name="exposures")
    day = models.DateField()
    candidates = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["use", "day"], name="exposure_once_a_day")]

    def __str__(self) -> str:
        return f"{self.use_id} on {self.day}: {self.candidates}"


class VersionFigures(FrozenModel):
    """What an exam day said of a version; computed again, it is a new row, and the newest counts."""

    use = models.ForeignKey(PaperUse, on_delete=models.PROTECT, related_name="figures")
    day = models.DateField()
    candidates = models.PositiveIntegerField()
    facility = models.FloatField(null=True)
    discrimination = models.FloatField(null=True)
    flags = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.use_id} on {self.day}"
