"""Writes versions of items with keys, standings and media; a newer one takes the place of an open older one."""

import io
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from itembank.materials import keep
from itembank.models import Item, ItemVersion, Media, Stimulus, VersionKey, VersionStanding
from itembank.states import VersionState
from itembank.versions import Draft, MediaFile, search_text


@dataclass(frozen=True, slots=True)
class Writing:
    """A draft that is to become version `number` of `item`; `source` is where it came from, `note` what changed."""

    item: Item
    number: int
    draft: Draft
    source: str = ""
    note: str = ""
    stimulus: Stimulus | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """By whom, when, and in which state versions are written."""

    author: str
    now: datetime
    state: VersionState


_OPEN = (VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.RETURNED, VersionState.WITHDRAWN)
BATCH = 500


def write_versions(writings: Sequence[Writing], hand: Hand) -> list[ItemVersion]:
    """Store `writings` of stored items in the caller's transaction; the items then know them as latest."""
    items = [one.item for one in writings]
    for part in _parts(items):
        VersionStanding.objects.filter(version__item__in=part, state__in=_OPEN).update(
            state=VersionState.SUPERSEDED, changed_at=hand.now
        )
    versions = ItemVersion.objects.bulk_create([_row(one, hand) for one in writings], batch_size=BATCH)
    pairs = list(zip(versions, writings, strict=True))
    VersionKey.objects.bulk_create([_key(version, one.draft) for version, one in pairs], batch_size=BATCH)
    VersionStanding.objects.bulk_create([_standing(version, hand) for version in versions], batch_size=BATCH)
    for version, one in pairs:
        one.item.latest = version
        _attach(version, one.draft.media, hand.now)
    Item.objects.bulk_update(items, ["latest"], batch_size=BATCH)
    return list(versions)


def _parts(items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))


def _row(one: Writing, hand: Hand) -> ItemVersion:
    draft = one.draft
    return ItemVersion(
        item=one.item,
        number=one.number,
        type=draft.type.value,
        content=draft.content,
        points=draft.points,
        knowledge_point=draft.knowledge_point,
        direction=draft.direction,
        difficulty=draft.difficulty,
        attributes=draft.attributes,
        stimulus=one.stimulus,
        text=search_text(draft.content),
        author=hand.author,
        source=one.source,
        note=one.note,
        sha256=draft.sha256,
        created_at=hand.now,
    )


def _key(version: ItemVersion, draft: Draft) -> VersionKey:
    return VersionKey(version=version, key=draft.key, explanation=draft.explanation)


def _standing(version: ItemVersion, hand: Hand) -> VersionStanding:
    handed_in = int(hand.state is VersionState.IN_REVIEW)
    return VersionStanding(version=version, state=hand.state, round=handed_in, changed_at=hand.now)


def _attach(version: ItemVersion, files: Sequence[MediaFile], now: datetime) -> None:
    if files:
        version.media.set([store_media(file, now) for file in files])


def store_media(file: MediaFile, now: datetime) -> Media:
    """The media of these bytes, stored under their hash; stored twice it is one."""
    with tempfile.NamedTemporaryFile() as temporary:
        shutil.copyfileobj(io.BytesIO(file.data), temporary)
        temporary.flush()
        stored = keep(Path(temporary.name))
    found = Media.objects.filter(sha256=stored.sha256).first()
    if found is not None:
        return found  # type: ignore[no-any-return]
    return Media.objects.create(
        sha256=stored.sha256, name=file.name, media_type=file.media_type, size=stored.size, created_at=now
    )
