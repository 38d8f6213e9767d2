"""Acts of staff on a whole session, and its snapshot over HTTP."""

from dataclasses import asdict
from typing import Any, Protocol

from django.http import HttpRequest
from django.utils.translation import get_language

from examserver.delivery.services import sessions
from examserver.invigilation.cards import OFFICIAL_LANGUAGE
from examserver.invigilation.precision import CodePrecision, precision_by_code
from examserver.invigilation.selectors import findings_of_day
from examserver.invigilation.views.bodies import DONE, MessageBody, Nothing, Reason
from examserver.invigilation.views.finding import session_for
from examserver.invigilation.views.finding import snapshot as taken_snapshot
from examserver.kernel import clock
from examserver.kernel.http import actor_of, body, json_view


class SessionService(Protocol):
    """A service that needs nothing but session, actor and time."""

    def __call__(self, *, session: Any, actor: Any, now: Any) -> None: ...


def _plain(service: SessionService) -> Any:
    @json_view("POST")
    def act(request: HttpRequest, session: int) -> dict[str, Any]:
        body(request, Nothing)
        actor = actor_of(request)
        service(session=session_for(actor, session), actor=actor, now=clock.now())
        return DONE

    return act


arrive = _plain(sessions.arrive)
arm = _plain(sessions.arm_session)
disarm = _plain(sessions.disarm_session)
start = _plain(sessions.start_session)
close = _plain(sessions.close_session)


@json_view("POST")
def pause(request: HttpRequest, session: int) -> dict[str, Any]:
    """Stop every clock of the room."""
    reason, actor = body(request, Reason).reason, actor_of(request)
    found = session_for(actor, session)
    sessions.pause_session(session=found, actor=actor, reason=reason, now=clock.now())
    return DONE


@json_view("POST")
def resume(request: HttpRequest, session: int) -> dict[str, Any]:
    """Let every stopped clock of the room run again."""
    reason, actor = body(request, Reason).reason, actor_of(request)
    found = session_for(actor, session)
    sessions.resume_session(session=found, actor=actor, reason=reason, now=clock.now())
    return DONE


@json_view("POST")
def message(request: HttpRequest, session: int) -> dict[str, Any]:
    """A message on every screen of the room."""
    words, actor = body(request, MessageBody).body, actor_of(request)
    found = session_for(actor, session)
    sessions.message_session(session=found, actor=actor, body=words, now=clock.now())
    return DONE


@json_view("GET")
def snapshot(request: HttpRequest, session: int) -> dict[str, Any]:
    """The board's `snapshot` message, for whoever has no socket."""
    taken = taken_snapshot(actor_of(request), session, get_language() or OFFICIAL_LANGUAGE)
    now = clock.wire(clock.now())
    return {"type": "snapshot", "number": taken.number, "now": now, "objects": taken.objects}


@json_view("GET")
def precision(request: HttpRequest, session: int) -> dict[str, Any]:
    """How often each kind of incident was right so far on this exam day, in all its rooms."""
    found = session_for(actor_of(request), session)
    lines = [_precision_line(one) for one in precision_by_code(findings_of_day(found.pk))]
    return {"date": found.exam_day.date.isoformat(), "codes": lines}


def _precision_line(one: CodePrecision) -> dict[str, Any]:
    return {**asdict(one), "decided": one.decided}
