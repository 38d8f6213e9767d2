"""`examserver simulate PLAN`: simulated staff open the demo rooms, simulated candidates sit in them."""

import argparse
import asyncio
import logging
from pathlib import Path

from examserver.demo import plan as plans
from examserver.simulation.candidate import Candidate, Habits, Person
from examserver.simulation.staff import StaffMember, admit_all, start

log = logging.getLogger(__name__)
READY = ("SEATED", "IN_PROGRESS")
READY_WITHIN_SECONDS = 45


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which plan, which server."""
    parser.add_argument("plan", type=Path, help="the plan that the demo venue wrote")
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--think-seconds", type=float, default=4.0)


def run(options: argparse.Namespace) -> int:
    """Until interrupted, or until everybody is done."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s simulate %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    asyncio.run(_play(plans.read(options.plan), options.base, Habits(options.think_seconds)))
    return 0


async def _play(plan: plans.DemoPlan, base: str, habits: Habits) -> None:
    accounts = [one for one in plan.accounts if "invigilator" in one.roles]
    first, second = (StaffMember(base, one.username, one.password) for one in accounts)
    await first.sign_in()
    await second.sign_in()
    async with asyncio.TaskGroup() as group:
        for room in plan.rooms:
            group.create_task(_room(room, (first, second), base, habits))


async def _room(
    room: plans.RoomPlan, staff: tuple[StaffMember, StaffMember], base: str, habits: Habits
) -> None:
    simulated = [one for one in room.places if one.simulated]
    header = (await staff[0].snapshot(room.session))["session_header"][room.session]
    if header["state"] == "CLOSED":
        return
    await admit_all(staff[0], room.session, [one.sitting for one in room.places])
    async with asyncio.TaskGroup() as group:
        for one in simulated:
            person = Person(one.seat_path, one.ticket, one.id_tail, one.scene)
            group.create_task(_candidate(Candidate(base, person, habits)))
        if header["state"] != "RUNNING":
            await _until_ready(staff[0], room.session, [one.sitting for one in simulated])
            await start(staff[0], staff[1], room.session)


async def _candidate(candidate: Candidate) -> None:
    """One candidate's trouble is logged and is no other's."""
    try:
        await candidate.run()
    except Exception:
        log.exception("simulated candidate %s gave up", candidate.person.ticket)


async def _until_ready(staff: StaffMember, session: int, sittings: list[int]) -> None:
    """Until every simulated candidate waits for the signal; after a while the room starts without the rest."""
    for _ in range(READY_WITHIN_SECONDS):
        tiles = (await staff.snapshot(session))["sitting_tile"]
        waiting = [tiles[s] for s in sittings]
        if all(t["state"] in READY and t["rules_accepted"] and t["camera_checked"] for t in waiting):
            return
        await asyncio.sleep(1)
    log.warning("session %s: not everybody is ready; it starts all the same", session)
