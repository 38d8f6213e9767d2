"""Any sequence of calls by anybody: no illegal state, and no document, payment or event is ever lost."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from examserver.kernel.access import SYSTEM, Actor, NotAllowed
from examserver.kernel.transitions import IllegalMove
from examserver.registration.applications.faults import Refused
from examserver.registration.applications.states import DEAD, MOVES, ApplicationState, Channel
from examserver.registration.models import Application, ApplicationEvent, Credit, Document
from examserver.registration.services.documents import path_of
from examserver.registration.services.histories import Seen
from tests.registration.applications.calls import CALLS, ONWARD
from tests.registration.applications.conftest import open_office
from tests.registration.applications.people import person, seen

MOMENTS = (
    datetime.fromisoformat("2026-02-10T10:00:00+08:00"),
    datetime.fromisoformat("2026-03-11T09:00:00+08:00"),
)
REFUSALS = (Refused, NotAllowed, IllegalMove, Application.DoesNotExist)
# What a qualification needs before it stands there.
PAID_FOR = frozenset({"PAID", "QUEUED", "BATCHED", "SCHEDULED", "TICKETED", "COMPLETED", "ROLLED_OVER"})


@dataclass(slots=True)
class Remembered:
    """What was seen of an application after the last call."""

    state: str
    version: int
    documents: frozenset[str]
    credit: int | None


class Sequences(RuleBasedStateMachine):
    """An office, four applications of three people, and whatever they and others do."""

    @initialize()
    def open(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        self.office = open_office()
        owner = person(1)
        self.actors = [self.office.clerk, self.office.member, owner, person(2), SYSTEM]
        drafts = [
            self.office.draft(),
            self.office.draft(offering="O3"),
            self.office.draft(owner),
            self.office.draft(self.office.member, "310115200402290012"),
        ]
        self.keys = [draft.pk for draft in drafts]
        self.before = {key: self.now_of(key) for key in self.keys}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def now_of(self, key: int) -> Remembered:
        row = Application.objects.get(pk=key)
        hashes = Document.objects.filter(application_id=key).values_list("sha256", flat=True)
        return Remembered(row.state, row.version, frozenset(hashes), row.credit_id)

    @rule(which=st.integers(0, 3), steps=st.integers(8, 19), left_out=st.sampled_from(("", *ONWARD[3:])))
    def goes_its_way(self, which: int, steps: int, left_out: str) -> None:
        key = self.keys[which]
        for name in (one for one in ONWARD[:steps] if one != left_out):
            actor = self.office.member if name == "precheck" else self.office.clerk
            self.call(name, seen(stored_key(key)), actor, MOMENTS[0])

    @rule(
        name=st.sampled_from(sorted(CALLS)),
        which=st.integers(0, 3),
        who=st.integers(0, 4),
        moment=st.sampled_from(MOMENTS),
        stale=st.booleans(),
    )
    def somebody_does_something(self, name: str, which: int, who: int, moment: datetime, stale: bool) -> None:
        looked = seen(stored_key(self.keys[which]))
        self.call(name, Seen(looked.application_id, looked.version - stale), self.actors[who], moment)

    def call(self, name: str, looked: Seen, actor: Actor, moment: datetime) -> None:
        key, before = looked.application_id, self.now_of(looked.application_id)
        try:
            CALLS[name](looked, actor, moment)
        except REFUSALS:
            assert self.now_of(key) == before, f"{name} was refused and changed something"
        self.check_change(key, before)

    def check_change(self, key: int, before: Remembered) -> None:
        after, row = self.now_of(key), stored_key(key)
        legal = MOVES[Channel(row.channel)][ApplicationState(before.state)] | {before.state}
        assert after.state in legal
        assert after.version >= before.version
        assert after.documents >= before.documents
        assert before.credit in (None, after.credit)

    @invariant()
    def every_event_is_there_and_follows_the_one_before(self) -> None:
        for key in self.keys:
            row = stored_key(key)
            events = list(ApplicationEvent.objects.filter(application_id=key).order_by("number"))
            assert [event.number for event in events] == list(range(1, row.version + 1))
            targets = [event.target for event in events]
            assert [event.source for event in events[1:]] == targets[:-1]
            assert targets[-1] == row.state

    @invariant()
    def who_is_paid_for_has_a_credit_and_every_credit_somebody(self) -> None:
        rows = [stored_key(key) for key in self.keys]
        assert all(row.credit_id is not None for row in rows if row.state in PAID_FOR)
        assert {row.credit_id for row in rows} - {None} == set(Credit.objects.values_list("pk", flat=True))

    @invariant()
    def a_group_is_never_reviewed_before_its_institution(self) -> None:
        deeds = list(
            ApplicationEvent.objects.filter(application_id=self.keys[3])
            .order_by("number")
            .values_list("deed", flat=True)
        )
        last = max((at for at, deed in enumerate(deeds) if deed == "submit"), default=0)
        assert "take" not in deeds[last:] or "precheck" in deeds[last : deeds.index("take", last)]

    @invariant()
    def a_person_applies_once_a_month(self) -> None:
        live = Application.objects.exclude(state__in=sorted(DEAD)).exclude(candidate=None)
        people = list(live.values_list("candidate_id", "month"))
        assert len(people) == len(set(people))

    @invariant()
    def every_document_has_its_bytes(self) -> None:
        assert all(path_of(one).is_file() for one in Document.objects.values_list("sha256", flat=True))


def stored_key(key: int) -> Application:
    return Application.objects.get(pk=key)


@pytest.mark.django_db
def test_no_sequence_of_calls_reaches_an_illegal_state_or_loses_anything() -> None:
    run_state_machine_as_test(
        Sequences,
        settings=settings(
            max_examples=8,
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
