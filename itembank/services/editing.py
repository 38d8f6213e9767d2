"""Writes items by hand: a new one, a new version of one, always as a draft that its author hands in."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed
from itembank.models import Item, ItemVersion, Pool
from itembank.services.takeover import same
from itembank.services.versions import Hand, Writing, write_versions
from itembank.states import VersionState
from itembank.versions import Draft


@dataclass(frozen=True, slots=True)
class Written:
    """What an author wrote, and what was changed and why."""

    draft: Draft
    note: str = ""


@transaction.atomic
def create_item(*, code: str, pool: Pool, written: Written, actor: Actor, now: datetime) -> ItemVersion:
    """A new item with its first version. NotAllowed `code_taken`."""
    if Item.objects.filter(code=code).exists():
        raise NotAllowed("code_taken")
    item = Item.objects.create(code=code, level=pool.level, pool=pool)
    return _write(item, 1, written, actor, now)


@transaction.atomic
def revise_item(*, item: Item, base: int, written: Written, actor: Actor, now: datetime) -> ItemVersion:
    """A new version of `item`, made from version `base`.

    NotAllowed `version_stale` when somebody wrote another in between, `version_same` when nothing differs.
    """
    locked = Item.objects.select_for_update(of=("self",)).select_related("latest__key").get(pk=item.pk)
    latest = locked.latest
    if latest is None or latest.number != base:
        raise NotAllowed("version_stale")
    if same(latest, written.draft):
        raise NotAllowed("version_same")
    return _write(locked, latest.number + 1, written, actor, now)


def _write(item: Item, number: int, written: Written, actor: Actor, now: datetime) -> ItemVersion:
    writing = Writing(item, number, written.draft, note=written.note)
    (version,) = write_versions([writing], Hand(str(actor), now, VersionState.DRAFT))
    data = {"version": number, "sha256": version.sha256}
    audit.record(audit.Act("itembank", "version.written", f"item:{item.code}", str(actor), data), now)
    return version
