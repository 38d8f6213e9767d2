"""A small venue: one room, two sessions, a few candidates, papers of a few items."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.delivery.venue import SmallVenue, build

START = datetime(2026, 3, 28, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai


@pytest.fixture
def start() -> datetime:
    """The theory's start signal: 2026-03-28 09:00 in Shanghai."""
    return START


@pytest.fixture
def venue(db: None) -> SmallVenue:
    """The small venue, an hour before the start."""
    return build(START - timedelta(hours=1))
