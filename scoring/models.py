"""Item scores, task scores, subject scores and what corrected keys did to them; grading tasks and marks."""

from django.db import models
from django.db.models import F, Q

from scoring.states import CorrectionState, GradingState, Treatment

STATES = [(state, state) for state in GradingState]
CORRECTION_STATES = [(state, state) for state in CorrectionState]
TREATMENTS = [(treatment, treatment) for treatment in Treatment]


class ItemScore(models.Model):
    """What one theory item brought, by which key, under which policy, and why; the reason names no option."""

    sitting = models.ForeignKey("delivery.Sitting", on_delete=models.PROTECT, related_name="item_scores")
    item = models.CharField(max_length=40)
    points = models.DecimalField(max_digits=6, decimal_places=2)
    max_points = models.DecimalField(max_digits=6, decimal_places=2)
    policy = models.CharField(max_length=20)
    key_sha256 = models.CharField(max_length=64)
    explanation = models.JSONField()
    trail = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "item"], name="item_scored_once"),
            models.CheckConstraint(
                condition=Q(points__gte=-F("max_points"), points__lte=F("max_points")),
                name="item_score_within_item",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}/{self.item}: {self.points}"


class TaskScore(models.Model):
    """The one mark of a practical task, and the totals of graders and lead that it came from."""

    sitting = models.ForeignKey("delivery.Sitting", on_delete=models.PROTECT, related_name="task_scores")
    task = models.CharField(max_length=16)
    points = models.DecimalField(max_digits=6, decimal_places=2)
    of = models.DecimalField(max_digits=5, decimal_places=1)
    decision = models.CharField(max_length=8)
    totals = models.JSONField()
    lead_total = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    reconciled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "task"], name="task_scored_once"),
            models.CheckConstraint(
                condition=Q(points__gte=0, points__lte=F("of")), name="task_score_within_task"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}/{self.task}: {self.points}"


class SubjectScore(models.Model):
    """A sitting's points in its subject. It stays when the sitting is void: an appeal can restore it."""

    sitting = models.OneToOneField("delivery.Sitting", on_delete=models.PROTECT, related_name="subject_score")
    points = models.DecimalField(max_digits=5, decimal_places=1)
    of = models.DecimalField(max_digits=5, decimal_places=1)
    key_sha256 = models.CharField(max_length=64)
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(points__gte=0, points__lte=F("of")), name="subject_score_within_paper"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}: {self.points}/{self.of}"


class GradingTask(models.Model):
    """One grader's share of one task of one sitting. Its random `code` is all that a grader knows it by."""

    sitting = models.ForeignKey("delivery.Sitting", on_delete=models.PROTECT, related_name="grading_tasks")
    task = models.CharField(max_length=16)
    slot = models.PositiveSmallIntegerField()
    third = models.BooleanField(default=False)
    code = models.CharField(max_length=12, unique=True)
    grader = models.ForeignKey(
        "people.Staff", on_delete=models.PROTECT, null=True, related_name="grading_tasks"
    )
    state = models.CharField(max_length=8, choices=STATES, default=GradingState.OPEN)
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    total = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "task", "slot"], name="grading_slot_once"),
            models.UniqueConstraint(fields=["sitting", "task", "grader"], name="one_slot_a_grader_and_task"),
            models.CheckConstraint(
                condition=Q(state=GradingState.OPEN, grader=None)
                | ~Q(state=GradingState.OPEN) & Q(grader__isnull=False),
                name="grading_task_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=GradingState.DONE, total__isnull=False, done_at__isnull=False)
                | ~Q(state=GradingState.DONE) & Q(total=None, done_at=None),
                name="grading_task_done_with_total",
            ),
        ]
        indexes = [models.Index(fields=["state", "task"])]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class Mark(models.Model):
    """The points that a grader gave on one line of the rubric, and the reason."""

    grading_task = models.ForeignKey(GradingTask, on_delete=models.PROTECT, related_name="marks")
    line = models.CharField(max_length=16)
    points = models.DecimalField(max_digits=5, decimal_places=1)
    reason = models.CharField(max_length=500, blank=True)
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grading_task", "line"], name="line_marked_once"),
            models.CheckConstraint(condition=Q(points__gte=0), name="mark_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.grading_task_id}/{self.line}: {self.points}"


class KeyCorrection(models.Model):
    """What one person proposed and another decided about one item of a frozen paper; the frozen key stays."""

    paper = models.ForeignKey("itembank.Paper", on_delete=models.PROTECT, related_name="key_corrections")
    item = models.CharField(max_length=40)
    treatment = models.CharField(max_length=8, choices=TREATMENTS)
    key_before = models.JSONField()
    key = models.JSONField(null=True)
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=CORRECTION_STATES, default=CorrectionState.PROPOSED)
    proposed_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    key_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper"],
                condition=Q(state=CorrectionState.PROPOSED),
                name="one_open_correction_a_paper",
            ),
            models.CheckConstraint(
                condition=Q(state=CorrectionState.PROPOSED, decided_by=None, decided_at=None)
                | ~Q(state=CorrectionState.PROPOSED) & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="correction_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(decided_by=F("proposed_by")), name="correction_by_four_eyes"),
            models.CheckConstraint(
                condition=Q(treatment=Treatment.KEY, key__isnull=False)
                | ~Q(treatment=Treatment.KEY) & Q(key=None),
                name="correction_with_its_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}/{self.item}: {self.treatment} {self.state}"


class ScoreChange(models.Model):
    """One sitting before and after a correction, with its earlier item score; a released one waits for an officer."""

    correction = models.ForeignKey(KeyCorrection, on_delete=models.PROTECT, related_name="changes")
    sitting = models.ForeignKey("delivery.Sitting", on_delete=models.PROTECT, related_name="score_changes")
    points_before = models.DecimalField(max_digits=5, decimal_places=1)
    points_after = models.DecimalField(max_digits=5, decimal_places=1)
    earlier = models.JSONField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["correction", "sitting"], name="sitting_changed_once_a_correction"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}: {self.points_before} -> {self.points_after}"
