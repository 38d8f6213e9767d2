"""Frames that a proctor worker analyses in a second, against the bare network on the same thread."""

import os
import subprocess
import sys

import msgspec

from benchmarks import machine
from benchmarks.detecting import ROUNDS, SEATS, WITH_PHONE, Measured
from benchmarks.figures import Figure
from benchmarks.hall import WORKER_MEMORY
from benchmarks.servers import ALLOWED

LONGEST_SECONDS = 300


def run(reps: int) -> Figure:
    """The figure, from a process on the server's core with the environment that the product gives its workers."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.detecting", str(reps)],
        env={**os.environ, **WORKER_MEMORY},
        stdout=subprocess.PIPE,
        timeout=LONGEST_SECONDS,
        check=True,
        preexec_fn=machine.pinned_to_server_core(ALLOWED),
    )
    measured = msgspec.json.decode(done.stdout, type=Measured)
    return Figure(
        "detector",
        "frames analysed/s",
        "bare onnxruntime, same model and tensor, one thread",
        0.90,
        measured.worker,
        measured.network,
        notes=[
            f"{SEATS} seats, {SEATS * ROUNDS} frames a repetition, a phone at every {WITH_PHONE}th seat; "
            "from the bus through decoding, detection, tracking, incidents, evidence and thumbnail back to the bus"
        ],
    )
