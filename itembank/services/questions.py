"""Takes neutral questions and drafts over without a preview, as commands do, and gives them back for export."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from examserver.kernel import audit
from examserver.kernel.access import Actor
from itembank.authoring.drafts import Drafts, drafts
from itembank.authoring.files import file_drafts
from itembank.authoring.questions import question_of
from itembank.bank.versions import draft_of
from itembank.faults import BadBank, Fault
from itembank.formats.question import Question, Reading
from itembank.models import Item
from itembank.services.importing import ImportSummary
from itembank.services.pools import level_pool
from itembank.services.takeover import Coming, compare, take_over
from itembank.services.versions import Hand
from itembank.states import ItemState, ItemType, VersionState


def import_questions(
    *, questions: Sequence[Question], level: int, actor: Actor, now: datetime
) -> ImportSummary:
    """Take all questions over for `level`, into review; BadBank with every one that cannot be an item, and then none.

    The same questions again change nothing; a changed one is a new version.
    """
    return import_made(made=drafts(questions), level=level, actor=actor, now=now)


def drafts_of(reading: Reading, data: bytes, name: str) -> Drafts:
    """What `reading` found in the file `data` as drafts, of QTI also what no neutral question can say."""
    return file_drafts(reading, data, name, import_string(settings.QTI_KEY))


def import_made(*, made: Drafts, level: int, actor: Actor, now: datetime) -> ImportSummary:
    """Take all of `made` over for `level`, into review; BadBank with every one that was refused, and then none."""
    if made.refused:
        raise BadBank(Fault(one.where, one.code, str(dict(one.params))) for one in made.refused)
    coming = [Coming(one.code, one.draft, one.source[:200]) for one in made.good]
    return import_drafts(coming=coming, level=level, actor=actor, now=now)


@transaction.atomic
def import_drafts(*, coming: Sequence[Coming], level: int, actor: Actor, now: datetime) -> ImportSummary:
    """Take drafts over for `level`, into review; BadBank for a code of another pool."""
    pool = level_pool(level)
    found = compare(coming, pool)
    if found.foreign:
        raise BadBank(Fault(one.code, "code", f"already an item of {one.pool.code}") for one in found.foreign)
    take_over(found, pool, Hand(str(actor), now, VersionState.IN_REVIEW))
    data = {
        "created": [one.code for one in found.new],
        "changed": [one.coming.code for one in found.changed],
    }
    if found.new or found.changed:
        audit.record(audit.Act("itembank", "bank.imported", f"pool:{pool.code}", str(actor), data), now)
    return ImportSummary(len(found.new), len(found.unchanged), len(found.changed))


def exported(level: int) -> list[Question]:
    """The approved items of a level as neutral questions, by code; interactive ones have no such form."""
    rows = Item.objects.filter(level=level, state=ItemState.ACTIVE, approved__isnull=False)
    found = rows.exclude(approved__type=ItemType.INTERACTIVE).select_related("approved__key").order_by("code")
    return [question_of(item.code, draft_of(item.approved)) for item in found if item.approved]
