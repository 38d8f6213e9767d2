"""What invigilation does by itself, every second: watch the open seats, take in incidents, follow reminders."""

import logging
from collections.abc import Callable
from datetime import datetime

from examserver.delivery import selectors as delivery
from examserver.invigilation.bus import frame_bus
from examserver.invigilation.clauses import UnknownIncident
from examserver.invigilation.hearing import LISTENER
from examserver.invigilation.lookout import LOOKOUT
from examserver.invigilation.permits import ignored_of
from examserver.invigilation.services.appeals import close_cases as _close_cases
from examserver.invigilation.services.coverage import CoverageWriter
from examserver.invigilation.services.evidence import BadEvidence
from examserver.invigilation.services.hearing import follow_hearing as _follow_hearing
from examserver.invigilation.services.incidents import ForeignReport, record_incident
from examserver.invigilation.services.permits import follow_leaves as _follow_leaves
from examserver.invigilation.services.reminders import follow_notices as _follow_notices
from examserver.invigilation.services.retention import keep_to_retention as _keep_to_retention
from examserver.invigilation.services.sign_ins import SignInReader
from examserver.invigilation.services.signals import end_left_signals
from examserver.invigilation.telemetry import watched_since
from proctor.bus import Bus, BusFull, Receipt, Watch

log = logging.getLogger(__name__)
REPORTS_A_TURN = 50
_sign_ins = SignInReader()
_coverage = CoverageWriter(LOOKOUT)


def watch_seats(now: datetime) -> None:
    """Watch every sitting that is at work in front of a camera, and no other; what is allowed there is not reported.

    A paused one is not watched: nobody is to answer for a fault. CAMERA_LOST needs no frame, so a seat whose camera
    never worked is watched too.
    """
    bus = frame_bus()
    at_work = delivery.open_sittings()
    wanted = [one.pk for one in at_work if watched_since(one.state, one.started_at, one.camera_waived)]
    ignored = ignored_of(wanted, now)
    watched = {watch.source: watch for watch in bus.watches()}
    for source in set(watched) - set(wanted):
        bus.unwatch(source)
    for source in sorted(wanted):
        # A watch that changes goes on: since when nothing has come is counted from its beginning.
        since = watched[source].since if source in watched else now.timestamp()
        _watch(bus, Watch(source, since, ignored[source]), watched.get(source))


def _watch(bus: Bus, wanted: Watch, present: Watch | None) -> None:
    if wanted == present:
        return
    try:
        bus.watch(wanted)
    except BusFull:
        log.error("sitting %s cannot be watched: the bus is full", wanted.source)


def look_at_cameras(now: datetime) -> None:
    """Note every camera's counters, and every few seconds write down what became of each second."""
    LOOKOUT.look(now)
    _coverage.write(now=now)


def take_in_incidents(now: datetime) -> None:
    """Store what the workers have reported; each is acknowledged after its commit and comes again otherwise."""
    for receipt in frame_bus().receive(REPORTS_A_TURN, 0.0):
        try:
            _take_in(receipt, now)
        except Exception:
            log.exception("incident report %s was not stored; it comes again", receipt.name)


def _take_in(receipt: Receipt, now: datetime) -> None:
    try:
        record_incident(report=receipt.report, now=now)
    except (UnknownIncident, BadEvidence, ForeignReport) as error:
        log.error("incident report %s refused: %r", receipt.name, error)
    frame_bus().acknowledge(receipt)


def follow_notices(now: datetime) -> None:
    """Bring reminders up to what the candidates' pages say."""
    _follow_notices(now=now)


def follow_sign_ins(now: datetime) -> None:
    """Note second sign-ins and tries at other seats, which delivery has put on record."""
    _sign_ins.read(now=now)


def end_signals(now: datetime) -> None:
    """End what went on at a page when its sitting was over."""
    end_left_signals(now=now)


def follow_hearing(now: datetime) -> None:
    """Note pages that are there and have stopped telling what they notice."""
    _follow_hearing(listener=LISTENER, now=now)


def follow_leaves(now: datetime) -> None:
    """Note who is not back from a leave in time."""
    _follow_leaves(now=now)


def close_cases(now: datetime) -> None:
    """Close the cases against which nobody appealed in time."""
    _close_cases(now=now)


def keep_to_retention(now: datetime) -> None:
    """Delete evidence whose time is over, once a day and never during an exam."""
    _keep_to_retention(now=now)


ROUTINES: tuple[Callable[[datetime], None], ...] = (
    follow_leaves,
    watch_seats,
    look_at_cameras,
    take_in_incidents,
    follow_notices,
    follow_sign_ins,
    end_signals,
    follow_hearing,
    close_cases,
    keep_to_retention,
)
