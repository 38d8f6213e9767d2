"""From scores over time to incidents: one episode is one incident, whatever flickers in between."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from statistics import median

from proctor.policies import Policy
from proctor.reports import Code, IncidentReport, Phase

SET_BACK = 30.0  # seconds: a frame may be older than the tick before it, but a clock was set back by more


@dataclass(frozen=True, slots=True)
class Observation:
    """What one frame, or its absence, says of each code: a score of 0 to 1; codes left out are unknown.

    `began` is when a condition is known to have begun, where that is before the observation.
    """

    scores: Mapping[Code, float]
    began: Mapping[Code, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Episode:
    """A stretch of time in which a code's score stayed up; reported once it has lasted long enough."""

    uid: str
    source: int
    code: Code
    started_at: float
    last_at: float
    told_at: float
    strongest: float
    raised: bool = False


class CodeMachine:
    """The episodes of one code of one source."""

    def __init__(self, source: int, code: Code, policy: Policy, episode: Episode | None = None) -> None:
        self._source, self._code, self._policy = source, code, policy
        self._samples: deque[tuple[float, float]] = deque(maxlen=policy.window)
        self._cool_until = self._ended_at = float("-inf")
        self._gone = False
        # Whose episode comes from another worker: eyes that have just begun to look must settle before it can end.
        self._looks_since = None if episode else float("-inf")
        self.episode = episode

    @property
    def samples(self) -> tuple[tuple[float, float], ...]:
        """The last scores, each with its time."""
        return tuple(self._samples)

    def resume(self, samples: Iterable[tuple[float, float]]) -> None:
        """Go on from the scores that an earlier worker has seen."""
        self._samples.extend(samples)

    def step(self, score: float | None, now: float, began: float | None) -> list[IncidentReport]:
        """One observation, or only time passing where the score is None."""
        if score is None:
            return self._end_if_over(now)
        self._looks_since = now if self._looks_since is None else self._looks_since
        reports = self._end_if_over(now)
        self._samples.append((now, score))
        self._follow(score, now, began)
        return [*reports, *self._end_if_over(now), *self._tell(score, now)]

    def finish(self) -> list[IncidentReport]:
        """End the episode now, at the time it was last seen."""
        episode, self.episode = self.episode, None
        if episode is None or not episode.raised:
            return []
        at = self._ended_at = max(episode.last_at, episode.told_at)
        self._cool_until = at + self._policy.merge_gap + self._policy.cool_down
        return [as_report(episode, "ended", at)]

    def forget(self) -> None:
        """Begin anew, as if nothing had been seen before."""
        self._samples.clear()
        self._cool_until = self._ended_at = self._looks_since = float("-inf")

    def _follow(self, score: float, now: float, began: float | None) -> None:
        """Begin or prolong the episode."""
        smoothed = self._smoothed(now)
        self._gone = smoothed < self._policy.exit
        if self.episode is None and smoothed >= self._policy.enter:
            self.episode = self._begin(now if began is None else max(began, self._ended_at), began is None)
        if self.episode is not None and not self._gone:
            strongest = max(self.episode.strongest, score)
            self.episode = replace(self.episode, last_at=now, strongest=strongest)

    def _begin(self, now: float, look_back: bool) -> Episode:
        """An episode that starts with the first frame that made the median rise."""
        rising = [at for at, score in self._remembered(now) if score >= self._policy.enter]
        start = min([now, *rising]) if look_back else now
        uid = f"{self._source}-{self._code}-{round(start * 1000)}"
        return Episode(uid, self._source, self._code, start, start, start, 0.0)

    def _smoothed(self, now: float) -> float:
        """The median of the last scores; too few of them are filled up with zeros."""
        scores = [score for _, score in self._remembered(now)]
        return median(scores + [0.0] * (self._policy.padding - len(scores)))

    def _remembered(self, now: float) -> list[tuple[float, float]]:
        return [(at, score) for at, score in self._samples if now - at <= self._policy.memory]

    def _end_if_over(self, now: float) -> list[IncidentReport]:
        """End what is gone for longer than the merge gap, and what nobody could look at for too long."""
        episode = self.episode
        if episode is None:
            return []
        if not self._gone:
            over = now - episode.last_at > self._policy.memory
        elif episode.raised:
            over = now - max(episode.last_at, self._looks_since or episode.last_at) > self._policy.merge_gap
        else:
            over = now > episode.last_at  # what was not told yet must hold in every frame there is
        return self.finish() if over else []

    def _tell(self, score: float, now: float) -> list[IncidentReport]:
        """Raise what has lasted long enough, or tell again of what lasts; only of what is seen right now."""
        episode = self.episode
        if episode is None or self._gone or score < self._policy.exit:
            return []
        phase: Phase = "updated" if episode.raised else "raised"
        lasted = now - (episode.told_at if episode.raised else episode.started_at)
        enough = self._policy.update_every if episode.raised else self._policy.minimum
        if lasted < enough or now < self._cool_until:
            return []
        self.episode = replace(episode, raised=True, told_at=now)
        return [as_report(self.episode, phase, now)]


def as_report(episode: Episode, phase: Phase, at: float) -> IncidentReport:
    """The report of an episode, without stills."""
    return IncidentReport(
        uid=episode.uid,
        source=episode.source,
        code=episode.code,
        phase=phase,
        started_at=episode.started_at,
        at=at,
        score=episode.strongest,
    )


class IncidentMachine:
    """All codes of one source; pure: the same observations give the same reports."""

    def __init__(self, source: int, policies: Mapping[Code, Policy], opened: Iterable[Episode] = ()) -> None:
        known = {episode.code: episode for episode in opened}
        self._machines = {
            code: CodeMachine(source, code, policy, known.get(code)) for code, policy in policies.items()
        }
        self._latest = float("-inf")

    def step(self, observation: Observation, now: float) -> list[IncidentReport]:
        """What is to be reported after one observation at `now`, seconds since 1970."""
        reports = []
        if now < self._latest - SET_BACK:
            # What was remembered lies in the future now, and would keep codes silent until it has passed.
            reports = self.finish()
            for machine in self._machines.values():
                machine.forget()
            self._latest = now
        self._latest = max(now, self._latest)
        for code, machine in self._machines.items():
            reports += machine.step(observation.scores.get(code), now, observation.began.get(code))
        return reports

    def finish(self) -> list[IncidentReport]:
        """End all that is open, when the source is no longer watched."""
        return [report for machine in self._machines.values() for report in machine.finish()]

    def samples(self) -> dict[Code, tuple[tuple[float, float], ...]]:
        """The last scores of the codes with an episode."""
        return {code: machine.samples for code, machine in self._machines.items() if machine.episode}

    def resume(self, samples: Mapping[Code, Iterable[tuple[float, float]]]) -> None:
        """Go on from the scores that an earlier worker has seen."""
        for code in samples.keys() & self._machines.keys():
            self._machines[code].resume(samples[code])

    def episodes(self) -> list[Episode]:
        """Everything going on, reported or not yet."""
        return [machine.episode for machine in self._machines.values() if machine.episode is not None]
