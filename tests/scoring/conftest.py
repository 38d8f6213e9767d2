"""The small venue, and people who have handed in."""

from pathlib import Path
from typing import Any

import pytest

from examserver.delivery.models import Sitting
from examserver.kernel.access import Actor, Role
from itembank.states import Subject
from tests.scoring import venue as made
from tests.scoring.venue import Venue


@pytest.fixture
def venue(db: None, tmp_path: Path, settings: Any) -> Venue:
    """The small venue in an empty database, its files in a folder of this test's own."""
    settings.UPLOAD_DIR, settings.MATERIAL_DIR = tmp_path / "uploads", tmp_path / "materials"
    settings.HAND_IN_AFTER_MINUTES = 30
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return made.build(tmp_path)


@pytest.fixture
def work(venue: Venue) -> Sitting:
    """A practical sitting that was handed in, with a text, a table and a file."""
    sitting = venue.candidate()[Subject.PRACTICAL]
    venue.begin(venue.practical, sitting)
    made.answer(sitting, {"T1.D1": {"text": "开场三十秒"}, "T2.D1": {"rows": [["进入率", "2.4%"]]}})
    made.upload(sitting, "T1.D2", "张三的封面.png", b"\x89PNG\r\n\x1a\n0123456789")
    return made.hand_in(sitting)


@pytest.fixture
def graders(venue: Venue) -> tuple[Actor, Actor, Actor]:
    """Two graders and the grading lead."""
    return (
        made.staff("grader1", Role.GRADER),
        made.staff("grader2", Role.GRADER),
        made.staff("lead", Role.GRADING_LEAD, Role.GRADER),
    )
