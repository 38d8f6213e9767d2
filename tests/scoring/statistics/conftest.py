"""A venue whose theory paper was sat by six, by real services."""

import pytest

from examserver.kernel.access import Actor, Role
from itembank.states import Subject
from scoring.selectors.statistics import SatPaper, sat_papers
from scoring.services.theory import score_closed_theory
from tests.scoring import venue as made
from tests.scoring.venue import ALL_RIGHT, LATER, Venue

# What each of six candidates answers where it is not right: SC-2 is what only the weak ones know.
WRONG = [
    {},
    {"SC-2": ["A"]},
    {"SC-2": ["A"], "MC-1": ["A"]},
    {"SC-2": ["A"], "MC-1": []},
    {"TF-1": ["F"], "SC-1": ["C"], "MC-1": ["C"]},
    {"TF-1": ["F"], "TF-2": ["T"], "SC-1": ["C"], "MC-1": ["C"]},
]


@pytest.fixture
def author(venue: Venue) -> Actor:
    """Somebody who writes items."""
    return made.staff("author", Role.ITEM_AUTHOR)


@pytest.fixture
def sat(venue: Venue) -> SatPaper:
    """The theory paper after its day: six have handed in and are scored."""
    present = [venue.candidate()[Subject.THEORY] for _ in WRONG]
    venue.begin(venue.theory, *present)
    for sitting, wrong in zip(present, WRONG, strict=True):
        made.answer(sitting, {**ALL_RIGHT, **wrong})
        made.hand_in(sitting)
    score_closed_theory(now=LATER)
    return sat_papers()[0]
