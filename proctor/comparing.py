"""What came of a recording then beside what comes of it now."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from proctor.loading import load_detectors
from proctor.policies import load_rules
from proctor.records import Json
from proctor.replaying import Notes, Stage, replay
from proctor.rescoring import Comparison, as_incidents, compare
from proctor.runs import POLICY_NAME, Run, model_hashes, policy_bytes, read_run, runtime_versions


class CannotReplay(ValueError):
    """The recording was made with something else than what is here, so nothing can be said about it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A call that is answered otherwise than it was, and both answers."""

    call: str
    then: Json
    now: Json


@dataclass(slots=True)
class Checked:
    """A run played again: whether everything is as it was, and what computes otherwise than then."""

    run: str
    notes: Notes = field(default_factory=Notes)
    reports: int = 0
    differences: list[Difference] = field(default_factory=list)
    runtime: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Rescored:
    """Runs scored with what is here: what became of their incidents, and which inputs changed."""

    comparison: Comparison
    notes: Notes
    changed: list[str]


def check_again(folder: Path, models_dir: Path, only: frozenset[int]) -> Checked:
    """Play a run with the weights and the policy it had; raises CannotReplay, NotARecording, Model* errors."""
    run = read_run(folder)
    refuse_others(run, folder, model_hashes(models_dir))
    checked = Checked(folder.name, runtime=changes(run.runtime, runtime_versions()))
    stage = Stage(load_detectors(models_dir), load_rules(folder / POLICY_NAME))
    for step in replay(folder, stage, checked.notes, only):
        checked.reports += len(step.now.get("reports", ()))
        if step.then is not None and step.then != step.now:
            checked.differences.append(Difference(step.call.name, step.then, step.now))
    return checked


def refuse_others(run: Run, folder: Path, hashes: dict[str, str]) -> None:
    """Raise CannotReplay unless weights and policy are those of the run."""
    other = changes(run.models, hashes)
    if other:
        told = "; ".join(f"{name}: {change}" for name, change in other.items())
        raise CannotReplay(f"{folder.name} was made with other weights (--rescore compares): {told}")
    if hashlib.sha256(policy_bytes(folder / POLICY_NAME)).hexdigest() != run.policy:
        raise CannotReplay(f"{folder.name}: {POLICY_NAME} is not the policy it was made with")


def changes(then: dict[str, str], now: dict[str, str]) -> dict[str, str]:
    """What is not the same, by name, in words."""
    names = sorted(then.keys() | now.keys())
    told = {name: (then.get(name, "nothing"), now.get(name, "nothing")) for name in names}
    return {name: f"then {old}, here {new}" for name, (old, new) in told.items() if old != new}


def score_again(
    folders: Sequence[Path], models_dir: Path, policy: Path | None, only: frozenset[int]
) -> Rescored:
    """Play runs with the weights and the policy that are here, and pair the incidents of both."""
    stage = Stage(load_detectors(models_dir), load_rules(policy))
    notes = Notes()
    then: list[Json] = []
    now: list[Json] = []
    for folder in folders:
        for step in replay(folder, stage, notes, only):
            then += reports_of(step.then)
            now += reports_of(step.now)
    return Rescored(
        compare(as_incidents(then), as_incidents(now)), notes, changed_inputs(folders, models_dir, policy)
    )


def reports_of(outcome: Json | None) -> Iterable[Json]:
    """The reports that tell when an incident was; a film that is delivered later is none."""
    told = (outcome or {}).get("reports", ())
    return [report for report in told if report["phase"] != "filmed"]


def changed_inputs(folders: Sequence[Path], models_dir: Path, policy: Path | None) -> list[str]:
    """Weights and policy that are not the ones a run had, in words."""
    hashes = {**model_hashes(models_dir), "policy": hashlib.sha256(policy_bytes(policy)).hexdigest()}
    told = []
    for folder in folders:
        run = read_run(folder)
        other = changes({**run.models, "policy": run.policy}, hashes)
        told += [f"{folder.name}: {name}: {change}" for name, change in other.items()]
    return told
