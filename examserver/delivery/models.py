"""Exam days, rooms, seats, sessions, sittings, responses, notices and work files."""

from django.db import models

from examserver.delivery.states import NoticeKind, SessionState, SittingState, TimeAct, UploadState
from examserver.kernel.choices import choices
from itembank.states import Subject


class ExamDay(models.Model):
    """A date on which the venue examines."""

    date = models.DateField(unique=True)
    title = models.CharField(max_length=80)

    def __str__(self) -> str:
        return str(self.date)


class Room(models.Model):
    """A room of the venue; its seats form a grid of rows and columns."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.code


class Seat(models.Model):
    """A place in a room and the workstation that stands there; `key_hash` is the SHA-256 of its binding key."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="seats")
    label = models.CharField(max_length=8)
    row = models.PositiveSmallIntegerField()
    column = models.PositiveSmallIntegerField()
    workstation = models.CharField(max_length=40, unique=True)
    key_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "label"], name="seat_label_once_a_room")]

    def __str__(self) -> str:
        return f"{self.room.code}-{self.label}"


class Session(models.Model):
    """A subject in a room on a day; everybody in it starts on one signal."""

    exam_day = models.ForeignKey(ExamDay, on_delete=models.PROTECT, related_name="sessions")
    room = models.ForeignKey(Room, on_delete=models.PROTECT)
    subject = models.CharField(max_length=12, choices=choices(Subject))
    state = models.CharField(max_length=12, choices=choices(SessionState), default=SessionState.PREPARING)
    scheduled_start = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exam_day", "room", "subject"], name="subject_once_a_room_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.exam_day} {self.room} {self.subject}"


class SessionStaff(models.Model):
    """A member of staff who is on duty in a session, from the moment they sign in to it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="staff")
    staff = models.ForeignKey("people.Staff", on_delete=models.PROTECT)
    arrived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "staff"], name="on_duty_once_a_session")]

    def __str__(self) -> str:
        return f"{self.staff} in {self.session}"


class Sitting(models.Model):
    """One candidate in one subject. `accepts_until` is what the writer checks in the answer's own transaction.

    `before_void` is the state that an appeal gives back; empty unless the sitting is void.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="sittings")
    ticket = models.ForeignKey(
        "registration.AdmissionTicket", on_delete=models.PROTECT, related_name="sittings"
    )
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT)
    paper = models.ForeignKey("itembank.Paper", on_delete=models.PROTECT)
    seed = models.PositiveBigIntegerField()
    state = models.CharField(max_length=16, choices=choices(SittingState), default=SittingState.EXPECTED)
    before_void = models.CharField(max_length=16, blank=True, choices=choices(SittingState))
    checked_in_at = models.DateTimeField(null=True)
    rules_accepted_at = models.DateTimeField(null=True)
    rules_sha256 = models.CharField(max_length=64, blank=True)
    camera_checked_at = models.DateTimeField(null=True)
    camera_waived = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    accepts_until = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=12, blank=True)
    receipt_count = models.PositiveIntegerField(null=True)
    receipt_sha256 = models.CharField(max_length=64, blank=True)
    late_minutes = models.PositiveSmallIntegerField(default=0)
    hand_raised_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "ticket"], name="one_sitting_a_session"),
            models.UniqueConstraint(fields=["session", "seat"], name="one_candidate_a_seat"),
        ]
        indexes = [models.Index(fields=["state", "ends_at"])]

    def __str__(self) -> str:
        return f"{self.ticket} {self.session.subject}"


class TimeLedgerEntry(models.Model):
    """One act on a sitting's clock, by whom and why."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="ledger")
    act = models.CharField(max_length=8, choices=choices(TimeAct))
    at = models.DateTimeField()
    seconds = models.PositiveIntegerField(default=0)
    actor = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.act} {self.seconds}"


class Response(models.Model):
    """The newest answer to one item or deliverable of a sitting; `seq` only grows."""

    pk = models.CompositePrimaryKey("sitting_id", "item")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="responses")
    item = models.CharField(max_length=40)
    seq = models.PositiveIntegerField()
    value = models.TextField()
    marked = models.BooleanField()
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sitting_id}/{self.item}@{self.seq}"


class JournalEntry(models.Model):
    """Every answer that reached the server, in order, with what became of it."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="journal")
    item = models.CharField(max_length=40)
    seq = models.PositiveIntegerField()
    value = models.TextField()
    marked = models.BooleanField()
    outcome = models.CharField(max_length=16)
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sitting_id}/{self.item}@{self.seq} {self.outcome}"


class Notice(models.Model):
    """Something staff put on a candidate's screen, and when it was shown and read."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=12, choices=choices(NoticeKind))
    clause = models.CharField(max_length=8, blank=True)
    body = models.TextField(blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT)
    shown_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} to {self.sitting_id}"


class WorkFile(models.Model):
    """A file handed in for a deliverable; versions are kept, and the last confirmed one counts."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="files")
    deliverable = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=12, choices=choices(UploadState), default=UploadState.RECEIVING)
    sha256 = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "deliverable", "version"], name="work_file_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}/{self.deliverable} v{self.version}"
