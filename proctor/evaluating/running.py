"""Sessions played side by side in processes of their own, in the order of the manifest."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import cv2

from proctor.evaluating.films import BadFilm
from proctor.evaluating.manifest import ManifestError, Session
from proctor.evaluating.playing import Play, play
from proctor.loading import load_detectors
from proctor.looking import Detectors
from proctor.policies import Rules, load_rules

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Machine:
    """What sessions are played with: weights, policy (None: the package's own) and processes."""

    models: Path
    policy: Path | None = None
    jobs: int = 1


class PlayerDied(RuntimeError):
    """A process that played sessions was ended from outside."""


@dataclass(slots=True)
class Loaded:
    """The detectors of this process, loaded once."""

    detectors: Detectors
    rules: Rules


LOADED: list[Loaded] = []


def run(sessions: Sequence[Session], machine: Machine, progress: Progress) -> list[Play]:
    """Play every session; raises ModelMissing, ModelCorrupt, PlayerDied, ManifestError for a bad film."""
    plays = []
    try:
        with player(machine, len(sessions)) as each:
            for number, one in enumerate(each(sessions), 1):
                progress(
                    f"{number}/{len(sessions)} {one.name}: {one.seconds:.0f} s, {len(one.alerts)} alerts"
                )
                plays.append(one)
    except BrokenProcessPool as error:
        raise PlayerDied(f"a process that played sessions ended after {len(plays)} of them") from error
    return plays


@contextmanager
def player(machine: Machine, sessions: int) -> Iterator[Callable[[Sequence[Session]], Iterator[Play]]]:
    """Plays sessions here, or in other processes where more than one is asked for."""
    jobs = min(machine.jobs, sessions)
    if jobs == 1:
        load(machine)
        yield lambda asked: map(play_one, asked)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=load, initargs=(machine,)) as pool:
        yield lambda asked: pool.map(play_one, asked)


def load(machine: Machine) -> None:
    """Get this process ready; one thread each, as a worker has."""
    cv2.setNumThreads(1)
    LOADED[:] = [Loaded(load_detectors(machine.models), load_rules(machine.policy))]


def play_one(session: Session) -> Play:
    """Play a session with what this process loaded."""
    [loaded] = LOADED
    try:
        return play(session.name, session.film, loaded.detectors, loaded.rules)
    except BadFilm as error:
        raise ManifestError(f"session {session.name}, frames: {error}") from error
