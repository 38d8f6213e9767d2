"""Holds sessions that are over: the day before, and the theory of a room that sits its practical now."""

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from examserver.delivery import selectors
from examserver.delivery.rules import rules
from examserver.delivery.services import closing, sessions, sittings
from examserver.delivery.services.responses import Submitted, store_responses
from examserver.delivery.states import OPEN_STATES
from examserver.demo.invented import Invented
from examserver.demo.venue import DayPlan, Expected, at, place
from examserver.kernel.access import Actor, Role
from examserver.people.selectors import staff_with
from itembank.selectors import keys, response_shape
from itembank.shapes import Shape

if TYPE_CHECKING:
    from examserver.delivery.models import Session, Sitting

CANDIDATES = 6
KNOWS = 0.8


def hold_yesterday(plan: DayPlan, invented: Iterator[Invented]) -> None:
    """Six people who sat both subjects, so that graders and the office find work."""
    for index in range(CANDIDATES):
        place(plan, index, next(invented), Expected("person", simulated=False))
    for session, start in ((plan.theory, time(9)), (plan.practical, time(13))):
        hold(session, at(plan.day, start))


def hold(session: "Session", start: datetime) -> None:
    """A session from admission to the close, with answers of people who know four in five; 50 minutes long."""
    chance = random.Random(session.pk)
    staff = [Actor("staff", pk, frozenset({Role.INVIGILATOR})) for pk in staff_with(Role.INVIGILATOR)]
    early, working = start - timedelta(minutes=20), start + timedelta(minutes=40)
    for actor in staff:
        sessions.arrive(session=session, actor=actor, now=early)
    for sitting in selectors.sittings_of(session):
        _bring_in(sitting, staff[0], early)
    sessions.arm_session(session=session, actor=staff[0], now=early)
    sessions.start_session(session=session, actor=staff[0], now=start)
    for sitting in selectors.sittings_of(session).filter(state__in=OPEN_STATES):
        store_responses(list(_answers(sitting, working, chance)))
        closing.hand_in(sitting=sitting, actor=_candidate(sitting), now=working + timedelta(minutes=5))
    sessions.close_session(session=session, actor=staff[0], now=working + timedelta(minutes=10))


def _candidate(sitting: "Sitting") -> Actor:
    return Actor("candidate", sitting.ticket.candidate_id, frozenset({Role.CANDIDATE}))


def _bring_in(sitting: "Sitting", staff: Actor, now: datetime) -> None:
    sittings.admit(sitting=sitting, actor=staff, now=now)
    sittings.take_seat(sitting=sitting, actor=_candidate(sitting), now=now)
    sittings.waive_camera(sitting=sitting, actor=staff, reason="演示", now=now)
    sittings.accept_rules(
        sitting=sitting, actor=_candidate(sitting), sha256=rules("zh-hans")["sha256"], now=now
    )


def _answers(sitting: "Sitting", now: datetime, chance: random.Random) -> Iterator[Submitted]:
    right = keys(sitting.paper_id)
    for item, shape in response_shape(sitting.paper).items():
        value = _value(item, shape, right, chance)
        if value is not None:
            text = msgspec.json.encode(value).decode()
            yield Submitted(sitting.pk, item, 1, text, False, now)


def _value(item: str, shape: Shape, right: dict[str, Any], chance: random.Random) -> Any:
    if shape.kind == "choice":
        known = chance.random() < KNOWS
        return sorted(right[item]["correct"]) if known else [chance.choice(sorted(shape.options))]
    if shape.kind == "text":
        return {"text": "演示作答：" + chance.choice(TEXTS)}
    if shape.kind == "table":
        return {"rows": [[chance.choice(CELLS) for _ in range(shape.columns)] for _ in range(4)]}
    return None


TEXTS = (
    "以新品首发为主线，前十分钟建立信任，随后分三轮讲解与互动，每轮以限时福利收尾，并预留合规口播与售后说明。",
    "目标人群为 25 至 35 岁的城市女性，内容以场景短片带动搜索，投放分预热、爆发与返场三段，按转化成本逐日调整。",
    "复盘显示进入率高而停留低，原因在开场信息过密；建议前三十秒只讲一个利益点，并把抽奖移到第八分钟。",
)
CELLS = ("开场", "产品讲解", "10", "互动答疑", "2.4%", "主播", "1280", "已完成")
