"""Who may take which subject again (REQ-67 to 73). Pure.

`judge` is asked at the application with `Ask.applied_on` alone, and again with the day of the exam once it is
planned: the second answer counts (AMB-13).
"""

from collections.abc import Collection, Iterable
from datetime import date

from examserver.registration.applications.faults import Fault
from examserver.registration.applications.states import Origin
from examserver.registration.dates.validity import is_kept
from examserver.registration.resits.values import (
    Allowed,
    Ask,
    Denied,
    Outcome,
    ResitPlan,
    Taken,
    Terms,
    until,
)
from itembank.states import Subject

_Newest = dict[Subject, Taken]


def judge(results: Iterable[Taken], ask: Ask, terms: Terms) -> Allowed | Denied:
    """Whether a person with these released results in the offering of `terms` may take a resit, of what, for how much.

    Denied: `no_result`, `competition_no_resit`, `nothing_passed`, `nothing_failed`, `pass_forfeited`,
    `result_expired`, `mode_changed`.
    """
    every = tuple(results)
    open_to = [one for one in every if one.origin is not Origin.COMPETITION]
    if not open_to:
        return _denied(Fault("competition_no_resit" if every else "no_result"), terms)
    passes, failures = _passes(open_to), _failures(open_to)
    fault = _unequal(open_to, passes, failures) or _expired(passes, ask, terms)
    return _denied(fault, terms) if fault else _planned(passes, failures, ask, terms)


def _denied(fault: Fault, terms: Terms) -> Denied:
    return Denied(fault, terms.fee.of_all(Subject))


def _passes(results: Iterable[Taken]) -> _Newest:
    """Of each subject the last pass that was not forfeited."""
    found = [one for one in results if one.outcome is Outcome.PASSED and not one.forfeited]
    return {one.subject: one for one in sorted(found, key=lambda one: one.day)}


def _failures(results: Iterable[Taken]) -> _Newest:
    """The subjects that were last failed and have no pass that counts."""
    every = list(results)
    passed = _passes(every)
    newest = {one.subject: one for one in sorted(every, key=lambda one: one.day)}
    return {
        subject: one
        for subject, one in newest.items()
        if one.outcome is Outcome.FAILED and subject not in passed
    }


def _unequal(results: list[Taken], passes: _Newest, failures: _Newest) -> Fault | None:
    """One passed and one failed: anything else is no case for a resit (REQ-67)."""
    if passes and failures:
        return None
    if passes:
        return Fault("nothing_failed")
    forfeited = any(one.forfeited and one.outcome is Outcome.PASSED for one in results)
    return Fault("pass_forfeited" if forfeited else "nothing_passed")


def _expired(passes: _Newest, ask: Ask, terms: Terms) -> Fault | None:
    """The first pass that does not reach the day of the exam; the last day is included (REQ-70)."""
    for one in passes.values():
        if not is_kept(one.day, terms.years, ask.day):
            facts = {"subject": one.subject, "passed_on": str(one.day), "until": str(until(one, terms))}
            return Fault("result_expired", "exam_on", {**facts, "day": str(ask.day)})
    return None


def _planned(passes: _Newest, failures: _Newest, ask: Ask, terms: Terms) -> Allowed | Denied:
    kept = tuple(passes.values())
    older = {one.mode for one in (*kept, *failures.values())} - {terms.mode}
    plan = _plan(older, failures.keys(), ask.applied_on, terms)
    if older and plan is None:
        facts = {"old": ", ".join(sorted(older)), "new": terms.mode}
        return _denied(Fault("mode_changed", "mode", facts), terms)
    subjects = (
        frozenset(failures) if plan is None else frozenset().union(*map(plan.takes.__getitem__, failures))
    )
    last = min(until(one, terms) for one in kept)
    code = plan.code if plan else ""
    return Allowed(subjects, kept, last, terms.fee.of_all(subjects), code, _warnings(ask, last))


def _plan(older: set[str], failed: Collection[Subject], day: date, terms: Terms) -> ResitPlan | None:
    """The plan published last by `day` that leads from the one older mode to today's, for every failed subject."""
    fits = [
        one
        for one in terms.plans
        if {one.old_mode} == older
        and one.new_mode == terms.mode
        and one.published_on <= day
        and all(one.takes.get(subject) for subject in failed)
    ]
    return max(fits, key=lambda one: one.published_on, default=None)


def _warnings(ask: Ask, last: date) -> tuple[Fault, ...]:
    """At the application the day of the exam is not known: it may come too late."""
    if ask.exam_on is None and ask.exam_by is not None and ask.exam_by > last:
        return (Fault("may_expire", "exam_by", {"until": str(last), "exam_by": str(ask.exam_by)}),)
    return ()
