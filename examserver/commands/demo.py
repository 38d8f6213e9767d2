"""`examserver demo`: the whole venue on this machine, from one command."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from examserver.commands.children import Children

WELL_WITHIN_SECONDS = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and whether simulated people take part."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--think-seconds", type=float, default=4.0)
    parser.add_argument("--empty", action="store_true", help="no simulated people")
    parser.add_argument("--fresh", action="store_true", help="begin again with an empty demo venue")
    parser.add_argument("--hand-in-after", type=int, default=1, help="minutes until hand-in opens")


def run(options: argparse.Namespace) -> int:
    """Prepare, start everything, wait for Ctrl-C, end everything."""
    os.environ.setdefault("MALLOC_MMAP_THRESHOLD_", str(64 * 1024 * 1024))
    os.environ.setdefault("MALLOC_TRIM_THRESHOLD_", str(256 * 1024 * 1024))
    os.environ.setdefault("EXAMSERVER_HAND_IN_AFTER_MINUTES", str(options.hand_in_after))
    _own_data_folder(fresh=options.fresh)
    plan = _prepare()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with Children() as children:
            return _hold(children, plan, options)
    finally:
        _give_back_memory()


def _hold(children: Children, plan: Path, options: argparse.Namespace) -> int:
    """Start the parts in the order in which they need each other, and wait."""
    base = f"http://{options.host}:{options.port}"
    children.start("serve", "--host", options.host, "--port", str(options.port))
    children.start("proctor", "work", "--bus", os.environ["EXAMSERVER_BUS"], "--workers", "1")
    _wait_until_well(base, children)
    if not options.empty:
        children.start("simulate", str(plan), "--base", base, "--think-seconds", str(options.think_seconds))
    _introduce(plan, base)
    return children.wait()


def _give_back_memory() -> None:
    """Frames lie in shared memory, which outlives every process; a demo leaves none behind."""
    from proctor.bus import open_bus
    from proctor.buses.shared import SharedBus

    bus = open_bus(os.environ["EXAMSERVER_BUS"])
    if isinstance(bus, SharedBus):
        bus.discard()


def _own_data_folder(*, fresh: bool) -> None:
    """The demo lives in a folder of its own, so that it can never touch a venue's data."""
    data = Path(os.environ.get("EXAMSERVER_DATA", "var/demo")).resolve()
    models = Path(os.environ.get("EXAMSERVER_MODELS", "var/models")).resolve()
    if fresh and data.exists():
        shutil.rmtree(data)
    _put_aside(data)
    data.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        EXAMSERVER_DATA=str(data),
        EXAMSERVER_MODELS=str(models),
        EXAMSERVER_BUS=os.environ.get("EXAMSERVER_BUS", f"shared:{data / 'bus'}"),
    )


def _put_aside(data: Path) -> None:
    """An exam day is one date: the demo of another day is kept beside, and today's begins anew."""
    from examserver.kernel import clock

    today = clock.now().astimezone(clock.VENUE_ZONE).date()
    for old in data.glob("demo-*.json"):
        if old.stem != f"demo-{today}":
            kept = data.with_name(f"{data.name}-{old.stem.removeprefix('demo-')}")
            shutil.move(data, kept)
            print(f"the demo venue of another day is kept in {kept}")
            return


def _prepare() -> Path:
    """Weights, tables, and the demo venue of today; a second start finds them there."""
    print("1/3 model weights", flush=True)
    if subprocess.run(
        [sys.executable, "-m", "examserver", "proctor", "models", "pull"], check=False
    ).returncode:
        raise SystemExit("the model weights could not be fetched; without them nothing would be analysed")
    print("2/3 database", flush=True)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    print("3/3 demo venue", flush=True)
    return _venue()


def _venue() -> Path:
    """The plan of today's demo venue, loaded if there is none; another day's is put aside."""
    from django.conf import settings

    from examserver.delivery.selectors import venue_date
    from examserver.demo import load, plan
    from examserver.kernel import clock

    now = clock.now()
    path = Path(settings.DATA_DIR) / f"demo-{venue_date(now)}.json"
    if path.exists():
        return path
    plan.write(load.load(now), path)
    return path


def _wait_until_well(base: str, children: Children) -> None:
    deadline = time.monotonic() + WELL_WITHIN_SECONDS
    while time.monotonic() < deadline:
        children.check()
        try:
            with urllib.request.urlopen(f"{base}/healthz", timeout=2):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"{base} does not answer")


def _introduce(path: Path, base: str) -> None:
    """Say where to look and as whom."""
    from examserver.demo import plan as plans

    plan = plans.read(path)
    print(
        f"\n  examserver  {base}/\n\n  staff sign in at {base}/staff/sign-in/ (password {plan.accounts[0].password})"
    )
    for account in plan.accounts:
        print(f"    {account.username:14} {account.display_name}  {', '.join(account.roles)}")
    for room in plan.rooms:
        print(f"  board {room.room} {room.subject}: {base}/board/{room.session}/")
        for place in (one for one in room.places if not one.simulated):
            print(
                f"    a seat for you: {base}{place.seat_path}  ticket {place.ticket}  ID ends in {place.id_tail}"
            )
    print("\n  Ctrl-C ends everything.\n", flush=True)
