"""What becomes of answers: newest seq wins, closed is closed, nothing is lost."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examserver.delivery import selectors
from examserver.delivery.models import JournalEntry, Response
from examserver.delivery.services import closing
from examserver.delivery.services.responses import Submitted, Verdict, store_responses
from examserver.delivery.services.time import pause_sitting
from examserver.kernel.access import NotAllowed
from tests.delivery.venue import SmallVenue


def row(sitting: int, seq: int, now: datetime, value: str = '["A"]', item: str = "SC-1") -> Submitted:
    return Submitted(sitting, item, seq, value, False, now)


@pytest.fixture
def working(venue: SmallVenue, start: datetime) -> int:
    """A sitting that is under way."""
    venue.make_ready(0, start - timedelta(minutes=10))
    venue.start(start)
    return venue.sitting(0).pk


def test_an_answer_is_stored_with_its_journal_entry(working: int, start: datetime) -> None:
    [stored] = store_responses([row(working, 1, start)])
    assert stored.verdict is Verdict.SAVED
    assert Response.objects.get(sitting_id=working, item="SC-1").value == '["A"]'
    assert JournalEntry.objects.get(sitting_id=working).outcome == "saved"


def test_the_same_seq_again_is_saved_again_and_changes_nothing(working: int, start: datetime) -> None:
    store_responses([row(working, 2, start)])
    [again] = store_responses([row(working, 2, start, '["B"]')])
    assert again.verdict is Verdict.SAVED
    assert Response.objects.get(sitting_id=working).value == '["A"]'


def test_an_older_seq_is_stale_and_says_which_is_stored(working: int, start: datetime) -> None:
    store_responses([row(working, 5, start)])
    [old] = store_responses([row(working, 4, start, '["B"]')])
    assert (old.verdict, old.stored_seq) == (Verdict.STALE, 5)
    assert Response.objects.get(sitting_id=working).value == '["A"]'


def test_two_seqs_in_one_batch_keep_the_newer_whatever_their_order(working: int, start: datetime) -> None:
    outcomes = store_responses([row(working, 2, start, '["C"]'), row(working, 1, start)])
    assert [one.verdict for one in outcomes] == [Verdict.SAVED, Verdict.STALE]
    assert Response.objects.get(sitting_id=working).value == '["C"]'


def test_an_answer_is_taken_until_the_deadline_and_its_grace(working: int, start: datetime) -> None:
    until = start + timedelta(minutes=90, seconds=2)
    in_time, late = store_responses(
        [row(working, 1, until), row(working, 2, until + timedelta(milliseconds=1))]
    )
    assert (in_time.verdict, late.verdict) == (Verdict.SAVED, Verdict.CLOSED)
    assert JournalEntry.objects.filter(outcome="closed").count() == 1


def test_an_answer_before_the_start_is_refused_but_kept_in_the_journal(
    venue: SmallVenue, start: datetime
) -> None:
    venue.make_ready(0, start - timedelta(minutes=10))
    [early] = store_responses([row(venue.sitting(0).pk, 1, start)])
    assert early.verdict is Verdict.CLOSED
    assert not Response.objects.exists()
    assert JournalEntry.objects.count() == 1


def test_what_is_typed_during_a_pause_is_saved_even_past_the_old_end(
    venue: SmallVenue, working: int, start: datetime
) -> None:
    pause_sitting(
        sitting=venue.sitting(0), actor=venue.chief, reason="停电", now=start + timedelta(minutes=89)
    )
    [stored] = store_responses([row(working, 1, start + timedelta(minutes=95))])
    assert stored.verdict is Verdict.SAVED


def test_a_handed_in_sitting_takes_nothing_more(venue: SmallVenue, working: int, start: datetime) -> None:
    later = start + timedelta(minutes=30)
    closing.hand_in(sitting=venue.sitting(0), actor=venue.candidate(0), now=later)
    [refused] = store_responses([row(working, 1, later)])
    assert refused.verdict is Verdict.CLOSED


def test_hand_in_opens_to_the_second(venue: SmallVenue, working: int, start: datetime) -> None:
    early = start + timedelta(minutes=30) - timedelta(seconds=1)
    with pytest.raises(NotAllowed, match="too_early"):
        closing.hand_in(sitting=venue.sitting(0), actor=venue.candidate(0), now=early)
    closing.hand_in(sitting=venue.sitting(0), actor=venue.candidate(0), now=early + timedelta(seconds=1))
    assert venue.sitting(0).state == "SUBMITTED"


def test_time_up_closes_the_sitting_with_a_receipt(venue: SmallVenue, working: int, start: datetime) -> None:
    store_responses([row(working, 1, start), row(working, 1, start, "[]", "SC-2")])
    end = start + timedelta(minutes=90, seconds=2)
    assert closing.close_overdue(now=end) == 0
    assert closing.close_overdue(now=end + timedelta(seconds=1)) == 1
    closed = venue.sitting(0)
    assert (closed.state, closed.submitted_by, closed.receipt_count) == ("SUBMITTED", "time", 1)
    assert (1, closed.receipt_sha256) == closing.receipt_of(closed)


ORDERS = st.lists(st.integers(1, 6), min_size=1, max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(order=ORDERS, split=st.integers(0, 12))
def test_in_any_order_and_any_batches_the_largest_seq_stays(
    working: int, start: datetime, order: list[int], split: int
) -> None:
    Response.objects.all().delete()
    rows = [row(working, seq, start, f'["{"ABCDEF"[seq - 1]}"]') for seq in order]
    for batch in (rows[:split], rows[split:]):
        if batch:
            store_responses(batch)
    kept = Response.objects.get(sitting_id=working)
    assert (kept.seq, kept.value) == (max(order), f'["{"ABCDEF"[max(order) - 1]}"]')


def test_progress_counts_answers_that_are_not_taken_back(
    venue: SmallVenue, working: int, start: datetime
) -> None:
    store_responses([row(working, 1, start), row(working, 1, start, "[]", "SC-2")])
    assert selectors.progress(venue.theory.pk)[working].answered == 1
