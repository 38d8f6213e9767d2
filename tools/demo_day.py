"""A demo venue of its own for a tool: started empty, joined by simulated people later, ended with the tool."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from examserver.demo import plan as plans
from examserver.simulation.staff import StaffMember, admit_all

UP_WITHIN_SECONDS = 180
END_WITHIN_SECONDS = 20


class NotUp(RuntimeError):
    """The demo venue did not come up."""


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass(slots=True)
class DemoDay:
    """`with DemoDay.open(folder) as day`: the venue runs inside the block, its data in `folder`."""

    folder: Path
    port: int
    processes: "list[subprocess.Popen[bytes]]"

    @classmethod
    def open(cls, folder: Path) -> "DemoDay":
        return cls(folder, free_port(), [])

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def plan_path(self) -> Path:
        """Where the demo has written its plan; NotUp as long as it has not."""
        for path in self.folder.glob("demo-*.json"):
            return path
        raise NotUp("the demo has written no plan")

    @property
    def plan(self) -> plans.DemoPlan:
        return plans.read(self.plan_path)

    def __enter__(self) -> Self:
        self._start("demo", "--empty", "--port", str(self.port))
        self._wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            process.wait(END_WITHIN_SECONDS)

    def admit(self, room: plans.RoomPlan) -> None:
        """Staff check in everybody of the room."""
        # In a thread: the caller's own may hold Playwright's loop.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, self._admit(room)).result()

    def join(self) -> None:
        """The simulated staff and candidates come; the rooms start when everybody is ready."""
        self._start("simulate", str(self.plan_path), "--base", self.base, "--think-seconds", "1.5")

    async def _admit(self, room: plans.RoomPlan) -> None:
        account = next(one for one in self.plan.accounts if "invigilator" in one.roles)
        staff = StaffMember(self.base, account.username, account.password)
        await staff.sign_in()
        await admit_all(staff, room.session, [one.sitting for one in room.places])

    def _start(self, *arguments: str) -> None:
        environment = {**os.environ, "EXAMSERVER_DATA": str(self.folder)}
        command = [sys.executable, "-m", "examserver", *arguments]
        self.processes.append(subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL))

    def _wait(self) -> None:
        end = time.monotonic() + UP_WITHIN_SECONDS
        while not self._listens():
            if self.processes[0].poll() is not None or time.monotonic() > end:
                raise NotUp("the demo venue did not come up; what it printed above says why")
            time.sleep(0.5)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0
