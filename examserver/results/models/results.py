"""Subject results, and the acts that released them."""

from django.db import models
from django.db.models import F, Q

from examserver.results.states import ResultState

STATES = [(state, state) for state in ResultState]


class Release(models.Model):
    """An officer's one act: which day, when, by whom, and how many of what became visible.

    `followed_at` is when certificates were last brought in line with it; None when they have to be.
    """

    exam_day = models.ForeignKey("delivery.ExamDay", on_delete=models.PROTECT, related_name="releases")
    released_at = models.DateTimeField()
    released_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField()
    followed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.exam_day} released at {self.released_at}"


class SubjectResult(models.Model):
    """What one sitting came to. A void one keeps its points: an appeal can restore what was earned.

    `told_as` is the state by which later applications know it; another one than `state` has to be told.
    """

    sitting = models.OneToOneField("delivery.Sitting", on_delete=models.PROTECT, related_name="result")
    state = models.CharField(max_length=8, choices=STATES)
    points = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    of = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    pass_mark = models.DecimalField(max_digits=5, decimal_places=1)
    compiled_at = models.DateTimeField()
    told_as = models.CharField(max_length=8, choices=STATES, blank=True)
    released_at = models.DateTimeField(null=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, related_name="results")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ResultState.PASSED) | Q(points__gte=F("pass_mark")),
                name="passed_from_the_pass_mark_on",
            ),
            models.CheckConstraint(
                condition=~Q(state=ResultState.FAILED) | Q(points__lt=F("pass_mark")),
                name="failed_below_the_pass_mark",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, release=None)
                | (Q(released_at__isnull=False, release__isnull=False) & ~Q(state=ResultState.PENDING)),
                name="released_by_somebody_and_final",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}: {self.state}"
