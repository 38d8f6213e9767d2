"""Judges claims by a standard: each alternative passes, fails with what is missing, or needs a person's look. Pure.

The machine only points: a clerk decides. What no list of the standard names is never taken for a refusal.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from examserver.registration.eligibility.claims import Claims, HeldCertificate, HeldDiploma, HeldTitle
from examserver.registration.eligibility.standard import (
    After,
    Alternative,
    Certificate,
    Diploma,
    Need,
    School,
    Standard,
    Title,
    Work,
)
from examserver.registration.eligibility.work import Period, missing_days


class Verdict(StrEnum):
    """How an alternative stands, from the best to the worst."""

    PASS = "PASS"  # noqa: S105 - no password
    NEEDS_REVIEW = "NEEDS_REVIEW"
    FAIL = "FAIL"


RANK = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one need; `key` is the end of the locale key `eligibility.finding.…`."""

    verdict: Verdict
    key: str
    facts: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """An alternative, how it stands, and why."""

    code: str
    verdict: Verdict
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All alternatives of a level in the standard's order; `chosen` is the applicant's, `better` what fits instead."""

    standard: str
    alternatives: tuple[Judged, ...]
    chosen: Judged | None
    better: tuple[str, ...]

    @property
    def best(self) -> Verdict:
        """How the best of the alternatives stands."""
        return _worst_or_best([one.verdict for one in self.alternatives], min)


@dataclass(frozen=True, slots=True)
class _Case:
    """What is judged: the claims, by which standard, on which day."""

    claims: Claims
    standard: Standard
    day: date


def judge(claims: Claims, standard: Standard, level: int, day: date, chosen: str = "") -> Outcome:
    """How `claims` stand on `day` before every alternative of `level`."""
    case = _Case(claims, standard, day)
    judged = tuple(_judged(one, case) for one in standard.alternatives(level))
    own = next((one for one in judged if one.code == chosen), None)
    limit = RANK.index(own.verdict) if own else len(RANK) - 1
    fitting = [one for one in judged if RANK.index(one.verdict) < limit]
    better = sorted(fitting, key=lambda one: RANK.index(one.verdict))
    return Outcome(standard.version, judged, own, tuple(one.code for one in better))


def _judged(alternative: Alternative, case: _Case) -> Judged:
    findings = (*(_find(need, case) for need in alternative.needs), *_education(case))
    return Judged(alternative.code, _worst_or_best([one.verdict for one in findings], max), findings)


def _worst_or_best(verdicts: Sequence[Verdict], pick: Callable[..., Verdict]) -> Verdict:
    return pick(verdicts, key=RANK.index, default=Verdict.FAIL)


def _find(need: Need, case: _Case) -> Finding:
    match need:
        case Work():
            return _work(need, case)
        case Certificate():
            return _certificate(need, case)
        case Title():
            return _title(case)
        case Diploma():
            return _diploma(need, case)


def _education(case: _Case) -> Iterator[Finding]:
    """REQ-13; where the standard's data names no least education, a person confirms it and nothing is found here."""
    least = case.standard.minimum_education
    if least is None:
        return
    ranks = list(School)
    reached = [one for one in _graduated(case) if ranks.index(one.school) >= ranks.index(least)]
    if not reached:
        yield Finding(Verdict.NEEDS_REVIEW, "EDUCATION_NOT_SHOWN", {"least": least.value})


def _work(need: Work, case: _Case) -> Finding:
    """Listed occupations are sure; with the others it may be enough, which a person judges."""
    starts = _starts(need.after, case)
    if not starts:
        return Finding(Verdict.FAIL, "NOTHING_TO_COUNT_FROM", {"years": need.years})
    missing = [missing_days(_periods(case, start, listed=True), need.years) for start in starts]
    if 0 in missing:
        return Finding(Verdict.PASS, "WORK_ENOUGH", {"years": need.years})
    possible = [missing_days(_periods(case, start, listed=False), need.years) for start in starts]
    if 0 in possible:
        return Finding(Verdict.NEEDS_REVIEW, "OCCUPATION_NOT_LISTED", {"years": need.years})
    return Finding(Verdict.FAIL, "WORK_SHORT", {"years": need.years, "days": min(possible)})


def _starts(after: After | None, case: _Case) -> tuple[date, ...]:
    """The days from which work may count; which certificate fits is another need's finding."""
    if after is None:
        return (date.min,)
    held: Iterable[HeldCertificate | HeldTitle]
    held = case.claims.certificates if after is After.CERTIFICATE else case.claims.titles
    return tuple(one.day for one in held if one.day <= case.day)


def _periods(case: _Case, start: date, *, listed: bool) -> Iterator[Period]:
    for one in case.claims.work:
        first, until = max(one.first, start), min(one.until or case.day, case.day)
        if first < until and (not listed or _is_listed(one.occupation, case)):
            yield Period(first, until)


def _is_listed(occupation: str, case: _Case) -> bool:
    name = occupation.strip()
    return name == case.standard.occupation or name in case.standard.related_occupations


def _certificate(need: Certificate, case: _Case) -> Finding:
    """A certificate of this occupation counts only where the standard names this occupation."""
    facts: dict[str, str | int] = {"level": need.level}
    held = [one for one in case.claims.certificates if one.level == need.level and one.day <= case.day]
    if not need.own_occupation:
        held = [one for one in held if one.occupation.strip() != case.standard.occupation]
    if any(_is_listed(one.occupation, case) for one in held):
        return Finding(Verdict.PASS, "CERTIFICATE_HELD", facts)
    if held:
        return Finding(Verdict.NEEDS_REVIEW, "CERTIFICATE_NOT_LISTED", facts)
    return Finding(Verdict.FAIL, "CERTIFICATE_MISSING", facts)


def _title(case: _Case) -> Finding:
    held = [one for one in case.claims.titles if one.day <= case.day]
    if not held:
        return Finding(Verdict.FAIL, "TITLE_MISSING")
    if any(one.speciality.strip() in case.standard.title_specialities for one in held):
        return Finding(Verdict.PASS, "TITLE_HELD")
    return Finding(Verdict.NEEDS_REVIEW, "TITLE_NOT_LISTED")


def _graduated(case: _Case) -> list[HeldDiploma]:
    """Diplomas by the end of the year of the day: who graduates this year counts (REQ-18)."""
    return [one for one in case.claims.diplomas if one.year <= case.day.year]


def _diploma(need: Diploma, case: _Case) -> Finding:
    held = [one for one in _graduated(case) if one.school in need.schools]
    if not held:
        later = any(one.school in need.schools for one in case.claims.diplomas)
        return Finding(Verdict.FAIL, "GRADUATES_LATER" if later else "DIPLOMA_MISSING")
    found = [_one_diploma(one, need, case) for one in held]
    return min(found, key=lambda one: RANK.index(one.verdict))


def _one_diploma(held: HeldDiploma, need: Diploma, case: _Case) -> Finding:
    if held.major.strip() not in case.standard.related_majors:
        return Finding(Verdict.NEEDS_REVIEW, "MAJOR_NOT_LISTED", {"major": held.major})
    if need.validated and held.school_name.strip() not in case.standard.validated_schools:
        return Finding(Verdict.NEEDS_REVIEW, "SCHOOL_NOT_LISTED", {"school": held.school_name})
    return Finding(Verdict.PASS, "DIPLOMA_HELD", {"major": held.major})
