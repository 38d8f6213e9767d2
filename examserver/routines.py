"""What the server does by itself: every application's routines, each second, in a thread of their own.

What waits for somebody outside, a mail server, runs in a second thread, so that it never holds up the end of an exam.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import close_old_connections

from examserver.delivery.routines import ROUTINES as DELIVERY
from examserver.invigilation.routines import ROUTINES as INVIGILATION
from examserver.kernel import clock
from examserver.notifications.routines import ROUTINES as NOTIFICATIONS
from examserver.registration.routines import ROUTINES as REGISTRATION
from examserver.results.routines import ROUTINES as RESULTS
from scoring.routines import ROUTINES as SCORING

log = logging.getLogger(__name__)
INTERVAL_SECONDS = 1.0
Routine = Callable[[datetime], None]
OUTSIDE: tuple[Routine, ...] = NOTIFICATIONS
ALL: tuple[Routine, ...] = (*REGISTRATION, *DELIVERY, *INVIGILATION, *SCORING, *RESULTS)


def run_once(routines: Iterable[Routine] = ALL) -> None:
    """Each routine once; one that fails is logged and holds up no other."""
    close_old_connections()
    for routine in routines:
        try:
            routine(clock.now())
        except Exception:
            log.exception("routine %s failed; it is tried again", routine.__qualname__)
    close_old_connections()


def start(stop: threading.Event) -> threading.Thread:
    """Run until `stop` is set; the thread of the house's own work, which is worth waiting for at the end."""
    _loop("outside", OUTSIDE, stop)
    return _loop("routines", ALL, stop)


def _loop(name: str, routines: Iterable[Routine], stop: threading.Event) -> threading.Thread:
    def loop() -> None:
        while not stop.wait(INTERVAL_SECONDS):
            run_once(routines)

    thread = threading.Thread(target=loop, name=name, daemon=True)
    thread.start()
    return thread
