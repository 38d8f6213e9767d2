"""How an application changes: held, checked against what the actor has seen, moved by a named step, written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F

from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.transitions import IllegalMove, move
from examserver.registration.applications.duties import CLERKS, Ownership, check_duty
from examserver.registration.applications.states import MOVES, RULES, ApplicationState, Channel, Step
from examserver.registration.models import Application, ApplicationEvent
from examserver.registration.selectors.applications import is_member, visible_to
from examserver.registration.services.announcing import Taken, announce

STREAM = "registration"


@dataclass(frozen=True, slots=True)
class Seen:
    """An application as a person has looked at it: its key and the version that their page showed."""

    application_id: int
    version: int


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does it, when, why, and the facts that the history keeps; no ID number is among them."""

    actor: Actor
    now: datetime
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def held(seen: Seen, actor: Actor) -> Application:
    """The application, locked, for an actor who may see it and saw its newest version.

    Application.DoesNotExist for everybody else; NotAllowed `changed_meanwhile`.
    """
    rows = visible_to(actor).select_for_update(of=("self",)).select_related("offering", "institution")
    application = rows.get(pk=seen.application_id)
    if application.version != seen.version:
        raise NotAllowed("changed_meanwhile")
    return application


def ownership(application: Application, actor: Actor) -> Ownership:
    """What the application is to the actor."""
    return Ownership(
        ApplicationState(application.state),
        is_member(actor, application.institution_id),
        actor.kind == "candidate" and application.candidate_id == actor.id,
    )


def check_own(application: Application, actor: Actor) -> None:
    """NotAllowed `role_needed` for everybody but the applicant, their institution and a clerk."""
    whose = ownership(application, actor)
    if not (whose.is_candidate or whose.of_institution or actor.has(*CLERKS)):
        raise NotAllowed("role_needed")


def check_step(application: Application, step: Step, actor: Actor) -> None:
    """NotAllowed `role_needed`; IllegalMove unless the step leads on from where the application stands."""
    check_duty(step, actor, ownership(application, actor))
    rule = RULES[Channel(application.channel)].get(step)
    if rule is None or application.state not in rule.sources:
        raise IllegalMove("Application", application.state, rule.target if rule else step)


def take_step(application: Application, step: Step, deed: Deed, **changes: Any) -> None:
    """Do `step`, with `changes` of fields, and write it into the history, the audit and messages.

    NotAllowed `role_needed`; IllegalMove, also where somebody else's step came first.
    """
    check_step(application, step, deed.actor)
    source, channel = application.state, Channel(application.channel)
    number = application.version + 1
    move(application, MOVES[channel], RULES[channel][step].target, version=number, **changes)
    _write(application, step, deed, source)
    _audit(application, step, deed)
    announce(application, Taken(step, source, deed.reason, deed.facts, deed.now))


def note(application: Application, what: str, deed: Deed, **changes: Any) -> None:
    """Change fields without a step, and write it into the history; NotAllowed `changed_meanwhile`."""
    number = application.version + 1
    rows = Application.objects.filter(pk=application.pk, version=number - 1)
    if not rows.update(version=F("version") + 1, **changes):
        raise NotAllowed("changed_meanwhile")
    for name, value in {"version": number, **changes}.items():
        setattr(application, name, value)
    _write(application, what, deed, application.state)


def _write(application: Application, what: str, deed: Deed, source: str) -> None:
    ApplicationEvent.objects.create(
        application=application,
        number=application.version,
        at=deed.now,
        actor=str(deed.actor),
        deed=what,
        source=source,
        target=application.state,
        reason=deed.reason,
        data=dict(deed.facts),
    )


def _audit(application: Application, step: Step, deed: Deed) -> None:
    data = {"version": application.version, "reason": deed.reason, **deed.facts}
    subject = f"application:{application.pk}"
    audit.record(audit.Act(STREAM, f"application.{step}", subject, str(deed.actor), data), deed.now)
