"""Events found against false alarms over thresholds: the recorded scores stepped through the incident rules again."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from proctor.evaluating.counting import Scored, Sum, add_up, tally
from proctor.evaluating.events import Alert
from proctor.evaluating.manifest import Session
from proctor.evaluating.playing import TAIL, Look, Play, as_alerts
from proctor.incidents import CodeMachine
from proctor.policies import Policy, Rules
from proctor.reports import Code

Json = dict[str, Any]
ENTERS = (0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.50, 0.60, 0.70, 0.80, 0.90)
BUDGETS = (0.05, 0.1, 0.2, 0.5)  # false alarms an hour


def curves(sessions: Sequence[Session], plays: Sequence[Play], rules: Rules) -> Json:
    """For each code with scores: a point for each enter threshold (exit moves with it), and the best at each budget."""
    told: Json = {}
    scored_codes = {code for one in plays for look in one.looks for code in look.scores}
    for code in sorted(code for code in rules.policies if str(code) in scored_codes):
        points = [(enter, at_threshold(code, enter, sessions, (plays, rules))) for enter in ENTERS]
        told[str(code)] = {
            "points": [as_point(enter, total) for enter, total in points],
            "found_at": {str(most): best([total for _, total in points], most) for most in BUDGETS},
        }
    return told


def at_threshold(
    code: Code, enter: float, sessions: Sequence[Session], played: tuple[Sequence[Play], Rules]
) -> Sum:
    """The sum of a code with another enter threshold."""
    plays, rules = played
    policy = rules.policies[code]
    moved = replace(policy, enter=enter, exit=enter * policy.exit / policy.enter)
    tallies = [
        tally(str(code), Scored(s.name, s.truth, again(code, moved, p), p.seconds))
        for s, p in zip(sessions, plays, strict=True)
    ]
    return add_up(tallies)


def again(code: Code, policy: Policy, play: Play) -> tuple[Alert, ...]:
    """The alerts of one code that other thresholds would have raised."""
    machine = CodeMachine(1, code, policy)
    reports = [report for look in play.looks for report in step(machine, code, look)]
    reports += machine.step(None, play.seconds + TAIL, None)
    return as_alerts([*reports, *machine.finish()])


def step(machine: CodeMachine, code: Code, look: Look) -> Any:
    return machine.step(look.scores.get(str(code)), look.at, None)


def as_point(enter: float, total: Sum) -> Json:
    rate = total.rate
    return {
        "enter": enter,
        "found": total.found,
        "events": total.events,
        "false_alarms_per_hour": None if rate is None else round(rate, 4),
    }


def best(totals: Sequence[Sum], most: float) -> float | None:
    """The largest share found at no more than so many false alarms an hour; None where no threshold does that."""
    shares = [one.share for one in totals if one.rate is not None and one.rate <= most]
    known = [share for share in shares if share is not None]
    return round(max(known), 4) if known else None
