"""What the server does by itself: every application's routines, each second, in a thread of their own."""

import logging
import threading

from django.db import close_old_connections

from examserver.delivery.routines import ROUTINES as DELIVERY
from examserver.invigilation.routines import ROUTINES as INVIGILATION
from examserver.kernel import clock
from examserver.registration.routines import ROUTINES as REGISTRATION
from examserver.results.routines import ROUTINES as RESULTS
from scoring.routines import ROUTINES as SCORING

log = logging.getLogger(__name__)
INTERVAL_SECONDS = 1.0
ALL = (*REGISTRATION, *DELIVERY, *INVIGILATION, *SCORING, *RESULTS)


def run_once() -> None:
    """Every routine once; one that fails is logged and holds up no other."""
    close_old_connections()
    for routine in ALL:
        try:
            routine(clock.now())
        except Exception:
            log.exception("routine %s failed; it is tried again", routine.__qualname__)
    close_old_connections()


def start(stop: threading.Event) -> threading.Thread:
    """Run until `stop` is set."""

    def loop() -> None:
        while not stop.wait(INTERVAL_SECONDS):
            run_once()

    thread = threading.Thread(target=loop, name="routines", daemon=True)
    thread.start()
    return thread
