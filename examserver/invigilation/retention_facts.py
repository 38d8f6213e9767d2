"""Which incidents still have evidence, and the rule of retention that each of them is kept under."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Max, QuerySet

from examserver.delivery.selectors import venue_date
from examserver.invigilation.clauses import bar_days, incident_rule
from examserver.invigilation.models import Case, Evidence, Incident, LegalHold, Signal
from examserver.invigilation.retention import CaseFacts, Days, Facts, Keeping, keeping
from examserver.invigilation.states import CaseState, Gone, IncidentState, Risk, Severity
from examserver.kernel.clock import VENUE_ZONE

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """An incident that has evidence, under which rule and until when."""

    incident: Incident
    keeping: Keeping


def incidents_with_evidence() -> QuerySet[Incident]:
    """Every incident that has at least one file, the oldest first."""
    named = Evidence.objects.filter(gone=Gone.HERE).values("incident")
    return Incident.objects.filter(pk__in=named).select_related("sitting").order_by("pk")


def kept_evidence(days: Days) -> Iterator[Kept]:
    """All of them with their rule, read a few hundred at a time."""
    ids = list(incidents_with_evidence().values_list("pk", flat=True))
    for first in range(0, len(ids), AT_ONCE):
        found = Incident.objects.filter(pk__in=ids[first : first + AT_ONCE]).select_related("sitting")
        yield from judged(list(found.order_by("pk")), days)


def judged(incidents: Sequence[Incident], days: Days) -> list[Kept]:
    """Until when the evidence of these incidents is kept; their cases and holds are read at once."""
    sittings = {one.sitting_id for one in incidents}
    standing = LegalHold.objects.filter(sitting_id__in=sittings, lifted_at=None)
    held, cases = set(standing.values_list("sitting_id", flat=True)), _cases(sittings)
    return [
        Kept(one, keeping(_facts(one, one.sitting_id in held, cases[one.sitting_id]), days))
        for one in incidents
    ]


def expired_signals(days: Days, now: datetime) -> list[int]:
    """The ids of signals whose time is over: that of their incident, or that of a fault where they led to none."""
    named = Incident.objects.filter(signals__isnull=False).distinct().order_by("pk")
    over = [kept.incident.pk for kept in judged(list(named), days) if kept.keeping.is_over(now)]
    loose = [sitting for sitting, facts in _signals_alone() if keeping(facts, days).is_over(now)]
    found = Signal.objects.filter(incident__in=over) | Signal.objects.filter(incident=None, sitting__in=loose)
    return list(found.values_list("pk", flat=True))


def _signals_alone() -> Iterator[tuple[int, Facts]]:
    """What the signals of a sitting that became no incident are judged by, all of them by the last one."""
    alone = (
        Signal.objects.filter(incident=None).order_by().values("sitting").annotate(last=Max("received_at"))
    )
    last = dict(alone.values_list("sitting", "last"))
    held = set(
        LegalHold.objects.filter(sitting__in=last, lifted_at=None).values_list("sitting_id", flat=True)
    )
    cases = _cases(set(last))
    for pk, at in last.items():
        yield pk, Facts(IncidentState.RAISED, True, at, None, pk in held, tuple(cases[pk]))


def _facts(incident: Incident, on_hold: bool, cases: Sequence[CaseFacts]) -> Facts:
    return Facts(
        state=IncidentState(incident.state),
        technical=incident_rule(incident.code).risk is Risk.TECHNICAL,
        seen_at=max(incident.seen_at, incident.ended_at or incident.seen_at),
        decided_at=incident.decided_at,
        on_hold=on_hold,
        cases=tuple(cases),
    )


def _cases(sittings: set[int]) -> Mapping[int, list[CaseFacts]]:
    found: dict[int, list[CaseFacts]] = defaultdict(list)
    for case in Case.objects.filter(sitting_id__in=sittings).order_by("pk"):
        facts = CaseFacts(CaseState(case.state), case.confirmed_at, case.withdrawn_at, _bar_ends(case))
        found[case.sitting_id].append(facts)
    return found


def _bar_ends(case: Case) -> datetime | None:
    """The midnight at the venue after the bar's last day."""
    bar = bar_days(case.clause, Severity(case.severity), venue_date(case.act_at))
    if bar is None:
        return None
    return datetime.combine(bar.last + timedelta(days=1), time.min, VENUE_ZONE)
