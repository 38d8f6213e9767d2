"""Two scorings of the same frames side by side: incidents that are new, gone, or at another time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from proctor.records import Json

TOLERANCE = 0.5  # seconds by which an incident may differ and still count as unmoved


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident as its reports tell it; times in seconds since 1970, `ended` None while it was open."""

    uid: str
    source: int
    code: str
    began: float
    raised: float
    last: float
    ended: float | None
    score: float

    def overlap(self, other: "Incident") -> float:
        """Seconds in which both were going on; negative where one was over before the other began."""
        return min(self.last, other.last) - max(self.began, other.began)

    def is_like(self, other: "Incident") -> bool:
        """Whether nothing but the score tells them apart."""
        times = ((self.began, other.began), (self.raised, other.raised), (self.last, other.last))
        near = all(abs(mine - its) <= TOLERANCE for mine, its in times)
        return near and (self.ended is None) == (other.ended is None)


@dataclass(frozen=True, slots=True)
class Pair:
    """The same incident, then and now."""

    then: Incident
    now: Incident


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the incidents of a recording."""

    new: tuple[Incident, ...]
    gone: tuple[Incident, ...]
    moved: tuple[Pair, ...]
    same: tuple[Pair, ...]


def as_incidents(reports: Iterable[Json]) -> list[Incident]:
    """Reports, as a recording tells them, put together by incident; those never raised here are left out."""
    by_uid: dict[tuple[int, str], list[Json]] = {}
    for report in reports:
        by_uid.setdefault((report["source"], report["uid"]), []).append(report)
    return [as_incident(phases) for phases in by_uid.values()]


def as_incident(phases: Sequence[Json]) -> Incident:
    """The incident of all reports of one uid; one that was open before the recording began is raised at its first."""
    first, last = phases[0], phases[-1]
    return Incident(
        uid=first["uid"],
        source=first["source"],
        code=first["code"],
        began=first["started_at"],
        raised=first["at"],
        last=last["at"],
        ended=last["at"] if last["phase"] == "ended" else None,
        score=max(report["score"] for report in phases),
    )


def compare(then: Sequence[Incident], now: Sequence[Incident]) -> Comparison:
    """Pair incidents of one source and code by how long both went on, the longest first."""
    pairs = paired(then, now)
    known = {id(one) for pair in pairs for one in (pair.then, pair.now)}
    return Comparison(
        new=tuple(one for one in now if id(one) not in known),
        gone=tuple(one for one in then if id(one) not in known),
        moved=tuple(pair for pair in pairs if not pair.then.is_like(pair.now)),
        same=tuple(pair for pair in pairs if pair.then.is_like(pair.now)),
    )


def paired(then: Sequence[Incident], now: Sequence[Incident]) -> list[Pair]:
    """One to one, in order of time."""
    known: dict[tuple[int, str], list[Incident]] = {}
    for one in then:
        known.setdefault((one.source, one.code), []).append(one)
    possible = [Pair(old, one) for one in now for old in known.get((one.source, one.code), ())]
    chosen: list[Pair] = []
    taken: set[int] = set()
    for pair in sorted(possible, key=lambda one: one.then.overlap(one.now), reverse=True):
        ends = {id(pair.then), id(pair.now)}
        if pair.then.overlap(pair.now) >= 0 and not ends & taken:
            taken |= ends
            chosen.append(pair)
    return sorted(chosen, key=lambda one: one.then.began)
