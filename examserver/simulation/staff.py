"""Simulated staff: brings a room to the start signal as invigilators do, over the same HTTP acts."""

import logging
from typing import Any

from examserver.simulation.browser import Browser

log = logging.getLogger(__name__)


class Refused(RuntimeError):
    """The server did not do what staff asked for."""


class StaffMember:
    """One member of staff in a browser."""

    def __init__(self, base: str, username: str, password: str) -> None:
        self.browser, self._username, self._password = Browser(base), username, password

    async def sign_in(self) -> None:
        """Name and password; Refused when they are wrong."""
        answer = await self.browser.form("/staff/sign-in/", username=self._username, password=self._password)
        if "sessionid" not in self.browser.http.cookies:
            raise Refused(f"{self._username}: sign-in answered {answer.status_code}")

    async def act(self, path: str, body: Any = None) -> dict[str, Any]:
        """Do one of the protocol's acts; Refused with the server's code."""
        answer = await self.browser.post(path, body)
        if answer.status_code != 200:
            raise Refused(f"{path}: {answer.status_code} {answer.text[:200]}")
        result: dict[str, Any] = answer.json()
        return result

    async def snapshot(self, session: int) -> dict[str, Any]:
        """The board's snapshot: {collection: {id: object}}."""
        answer = await self.browser.get(f"/api/board/{session}/snapshot")
        objects = answer.json()["objects"]
        return {kind: {one["id"]: one for one in rows} for kind, rows in objects.items()}


async def admit_all(staff: StaffMember, session: int, sittings: list[int]) -> None:
    """Check in everybody of `sittings` who is still expected."""
    tiles = (await staff.snapshot(session))["sitting_tile"]
    for sitting in sittings:
        if tiles[sitting]["state"] == "EXPECTED":
            await staff.act(f"/api/sittings/{sitting}/admit")


async def start(first: StaffMember, second: StaffMember, session: int) -> None:
    """Two are in the room, it is armed, and the signal is given."""
    for one in (first, second):
        await one.act(f"/api/board/{session}/arrive")
    await first.act(f"/api/board/{session}/arm")
    await first.act(f"/api/board/{session}/start")
    log.info("session %s has started", session)
