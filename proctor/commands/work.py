"""`proctor work`: run a worker in this process, or keep several at work."""

import argparse
import logging
import os
import sys
from pathlib import Path
from typing import Any

from proctor.commands import FAILED, WRONG_USAGE
from proctor.models import ModelCorrupt


def add(commands: Any) -> None:
    parser = commands.add_parser("work", help="analyse frames until told to stop")
    parser.add_argument(
        "--bus", required=True, metavar="URL", help="shared:DIRECTORY or redis://HOST:PORT/DB"
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=0,
        metavar="N",
        help="keep N processes at work (default: this one works)",
    )
    parser.add_argument("--number", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--policy", type=Path, help="a policy file in place of the package's own")
    add_recording(parser)
    parser.set_defaults(run=run)


def add_recording(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--record",
        type=Path,
        default=os.environ.get("EXAMSERVER_RECORD") or None,
        metavar="DIR",
        help="write every picture and report there, to be replayed (or EXAMSERVER_RECORD; off by default)",
    )
    parser.add_argument(
        "--record-gib",
        type=float,
        default=os.environ.get("EXAMSERVER_RECORD_GIB") or "10",
        metavar="N",
        help="at most so much in DIR (or EXAMSERVER_RECORD_GIB; 10 by default)",
    )


def run(asked: argparse.Namespace) -> int:
    """Run a worker in this process, or look after several, until SIGTERM or SIGINT."""
    from proctor.recording import RecordingRefused, Wanted
    from proctor.supervisor import supervise
    from proctor.worker import CLOCKS, Settings, work_until_told

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    try:
        recording = Wanted(asked.record, round(asked.record_gib * 2**30)) if asked.record else None
        if asked.workers > 0:
            return supervise(asked.bus, asked.workers, again(asked), CLOCKS)
        settings = Settings(asked.policy, recording, asked.number)
        return work_until_told(asked.bus, asked.models, settings)
    except ModelCorrupt:
        raise  # told by the command line, as everywhere
    except ValueError as error:
        print(error, file=sys.stderr)
        return WRONG_USAGE
    except RecordingRefused as error:
        print(error, file=sys.stderr)
        return FAILED


def again(asked: argparse.Namespace) -> list[str]:
    """The command of one worker of several: the same one, without their number."""
    command = [sys.executable, "-m", "proctor", "--models", str(asked.models), "work", "--bus", asked.bus]
    if asked.policy:
        command += ["--policy", str(asked.policy)]
    if asked.record:
        command += ["--record", str(asked.record), "--record-gib", str(asked.record_gib)]
    return command
