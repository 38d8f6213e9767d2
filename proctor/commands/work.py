"""`proctor work`: run a worker in this process."""

import argparse
import logging
import os
import sys
from pathlib import Path
from typing import Any

from proctor.commands import FAILED, WRONG_USAGE


def add(commands: Any) -> None:
    parser = commands.add_parser("work", help="analyse frames until told to stop")
    parser.add_argument(
        "--bus", required=True, metavar="URL", help="shared:DIRECTORY or redis://HOST:PORT/DB"
    )
    parser.add_argument("--share", default="0/1", metavar="I/N", help="the seats whose number modulo N is I")
    parser.add_argument("--policy", type=Path, help="a policy file in place of the package's own")
    where = os.environ.get("EXAMSERVER_RECORD")
    parser.add_argument(
        "--record",
        type=Path,
        default=Path(where) if where else None,
        metavar="DIR",
        help="write every picture and report there, to be replayed (default: EXAMSERVER_RECORD; off)",
    )
    parser.add_argument(
        "--record-gib", type=float, default=10.0, metavar="N", help="at most so much in DIR (default: 10)"
    )
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Run a worker in this process until SIGTERM or SIGINT."""
    from proctor.recording import RecordingRefused, Wanted
    from proctor.worker import Settings, Share, work_until_told

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    try:
        recording = Wanted(asked.record, round(asked.record_gib * 2**30)) if asked.record else None
        settings = Settings(Share.parse(asked.share), asked.policy, recording)
        return work_until_told(asked.bus, asked.models, settings)
    except ValueError as error:
        print(error, file=sys.stderr)
        return WRONG_USAGE
    except RecordingRefused as error:
        print(error, file=sys.stderr)
        return FAILED
