"""Files of a notice's year that differ from the one of 2026 in one thing."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from examserver.kernel import clock
from examserver.kernel.access import SYSTEM, Actor, Role
from examserver.registration.catalogue.reading import shipped
from examserver.registration.models import CatalogueVersion
from examserver.registration.services.catalogue import Publication, add_catalogue_version

ADMIN = Actor("staff", 7, frozenset({Role.ADMIN}))
OPENS = date(2026, 1, 15)
LOADED = datetime(2026, 1, 15, 1, 0, tzinfo=UTC)
MAY = datetime(2026, 5, 20, 4, 0, tzinfo=UTC)


def edited(edit: Callable[[Any], object]) -> bytes:
    """The file of 2026 after `edit` has changed it in place."""
    notice = json.loads(shipped(2026))
    edit(notice)
    return json.dumps(notice, ensure_ascii=False).encode()


def without(code: str) -> bytes:
    """The file of 2026 in which the offering `code` is closed."""

    def close(notice: Any) -> None:
        notice["offerings"] = [one for one in notice["offerings"] if one["code"] != code]

    return edited(close)


def dearer(code: str) -> bytes:
    """The file of 2026 in which the practical of `code` costs 10 yuan more."""

    def raise_fee(notice: Any) -> None:
        fee = next(one["fee"] for one in notice["offerings"] if one["code"] == code)
        fee["practical"], fee["total"] = fee["practical"] + 10, fee["total"] + 10

    return edited(raise_fee)


def load() -> CatalogueVersion:
    """The notice of 2026 as its first version, in force from the day of the notice on."""
    publication = Publication(OPENS, "2026年通知", "The notice of 2026")
    return add_catalogue_version(file=shipped(2026), publication=publication, actor=SYSTEM, now=LOADED)


def load_this_year() -> CatalogueVersion:
    """The notice of 2026 moved to the year in which the test runs, for pages that read the real clock."""
    now = clock.now()
    year = now.astimezone(clock.VENUE_ZONE).year

    def move(notice: Any) -> None:
        notice.update(year=year, valid_from=f"{year}-01-01", valid_to=f"{year}-12-31")
        window = {"apply_from": f"{year}-01-01", "apply_to": f"{year}-12-31", "evaluate_by": None}
        notice["windows"] = [window]

    publication = Publication(date(year, 1, 1), "公告")
    loaded = now.replace(month=1, day=1)
    return add_catalogue_version(file=edited(move), publication=publication, actor=SYSTEM, now=loaded)


def follow(
    file: bytes, day: date, *, actor: Actor = ADMIN, now: datetime = MAY, after: str = "2026-1"
) -> CatalogueVersion:
    """A version after the first, in force from `day` on."""
    publication = Publication(day, "关于调整评价项目的通知", "The offerings change", after)
    return add_catalogue_version(file=file, publication=publication, actor=actor, now=now)
