"""A recording played through the pipeline again, call by call, with the times that were recorded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from proctor.bus import SourceStatus, Watch
from proctor.frames import Frame
from proctor.leaving import as_episodes, read_left
from proctor.looking import Detectors
from proctor.pipeline import Pipeline
from proctor.policies import Rules
from proctor.recording import as_told, fault_name
from proctor.records import Json, Kind, Record, Torn, read_records
from proctor.runs import Run, parts, read_run, sources

COUNTED = ("frame", "tick", "close", "adopt", "drop")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a recorded pipeline: what was given, and what came of it then; None where nobody knows."""

    source: int
    given: Record
    outcome: Json | None

    @property
    def name(self) -> str:
        """The call as a person finds it again."""
        facts = self.given.facts
        if self.given.kind is Kind.FRAME:
            return f"source {self.source}, frame {facts['seq']} at {facts['received_at']:.3f}"
        return f"source {self.source}, " + (
            f"tick at {facts['now']:.3f}" if "now" in facts else self.given.kind.name.lower()
        )


@dataclass(frozen=True, slots=True)
class Step:
    """A call played again: what came of it then (None: not known), and what comes of it now."""

    call: Call
    then: Json | None
    now: Json


@dataclass(slots=True)
class Notes:
    """What there is to know of a recording besides its calls: counts, torn ends and damage in its files."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*COUNTED, "sources"), 0))
    ends: list[str] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stage:
    """What a recording is played with."""

    detectors: Detectors
    rules: Rules


def replay(folder: Path, stage: Stage, notes: Notes, only: frozenset[int] = frozenset()) -> Iterator[Step]:
    """Every call of a run, one source after another; raises NotARecording."""
    run = read_run(folder)
    for source in sources(folder):
        if not only or source in only:
            notes.counts["sources"] += 1
            yield from play(read_calls(folder, source, notes), pipeline_of(run, source, stage))


def pipeline_of(run: Run, source: int, stage: Stage) -> Pipeline:
    """The pipeline as the run began it, for one source: what it remembers of the others is not its business."""
    opened = as_episodes(row for row in run.opened if row["source"] == source)
    return Pipeline(stage.detectors, stage.rules, opened)


def play(calls: Iterator[Call], pipeline: Pipeline) -> Iterator[Step]:
    for call in calls:
        yield Step(call, call.outcome, answer(pipeline, call))


def answer(pipeline: Pipeline, call: Call) -> Json:
    """What the pipeline answers to a call, as it is recorded."""
    facts = call.given.facts
    if call.given.kind is Kind.CLOSE:
        return {"reports": as_told(pipeline.close(call.source))}
    if call.given.kind is Kind.ADOPT:
        pipeline.adopt(call.source, read_left(facts["left"].encode()))
        return {"reports": []}
    if call.given.kind is Kind.DROP:
        pipeline.drop(call.source)
        return {"reports": []}
    watch = Watch(call.source, facts["since"], frozenset(facts["ignored"]))
    if call.given.kind is Kind.TICK:
        return {"reports": as_told(pipeline.tick(watch, SourceStatus(**facts["status"]), facts["now"]))}
    frame = Frame(call.source, facts["seq"], facts["captured_at"], facts["received_at"], call.given.blob)
    try:
        return {"reports": as_told(pipeline.analyse(frame, watch).reports)}
    except Exception as error:
        # As in the worker: whatever one picture does to a library, the next ones are played.
        return {"fault": fault_name(error)}


def read_calls(folder: Path, source: int, notes: Notes) -> Iterator[Call]:
    """The calls of one source; a frame without an outcome is the one at which the worker died."""
    waiting: Record | None = None
    for record in read_series(parts(folder, source), notes):
        if waiting is not None:
            outcome = record.facts if record.kind is Kind.OUTCOME else None
            yield noted(Call(source, waiting, outcome), notes)
            waiting = None
        if record.kind is Kind.FRAME:
            waiting = record
        elif record.kind in (Kind.TICK, Kind.CLOSE, Kind.ADOPT, Kind.DROP):
            yield noted(Call(source, record, {"reports": record.facts["reports"]}), notes)
    if waiting is not None:
        yield noted(Call(source, waiting, None), notes)


def noted(call: Call, notes: Notes) -> Call:
    """Count a call."""
    notes.counts[call.given.kind.name.lower()] += 1
    if call.outcome is None:
        notes.ends.append(f"{call.name}: the recording ends here; what came of it is not known")
    return call


def read_series(files: list[Path], notes: Notes) -> Iterator[Record]:
    """The records of a source's files up to the first that cannot be read; after a gap nothing is comparable."""
    for number, path in enumerate(files):
        if not path.name.endswith(f"-{number:05d}{path.suffix}"):
            notes.damage.append(f"a file before {path.name} is missing")
            return
        try:
            yield from read_records(path)
        except Torn as torn:
            last = path == files[-1]
            (notes.ends if torn.cut and last else notes.damage).append(str(torn))
            return
