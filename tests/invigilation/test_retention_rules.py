"""Until when evidence is kept: every rule on both sides of its last moment, and which of them comes first."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from examserver.invigilation.retention import BadRules, CaseFacts, Days, Facts, Rule, keeping, read_rules
from examserver.invigilation.states import CaseState, IncidentState

SEEN = datetime(2026, 3, 28, 2, tzinfo=UTC)
LATER = SEEN + timedelta(hours=5)
BAR_ENDS = datetime(2028, 3, 28, tzinfo=UTC)
DAYS = Days(dismissed=30, technical=20, undecided=180, withdrawn=90, confirmed=1000, after_bar=60)
MOMENT = timedelta(microseconds=1)


def case(state: CaseState, bar_ends: datetime | None = None) -> CaseFacts:
    withdrawn = LATER if state is CaseState.WITHDRAWN else None
    return CaseFacts(state, confirmed_at=LATER, withdrawn_at=withdrawn, bar_ends=bar_ends)


def facts(
    state: IncidentState = IncidentState.RAISED,
    *cases: CaseFacts,
    technical: bool = False,
    on_hold: bool = False,
) -> Facts:
    decided = LATER if state is IncidentState.DISMISSED else None
    return Facts(state, technical, SEEN, decided, on_hold, cases)


WITHDRAWN, CONFIRMED = case(CaseState.WITHDRAWN), case(CaseState.CONFIRMED)
BARRED = case(CaseState.NOTIFIED, BAR_ENDS)


@pytest.mark.parametrize(
    ("given", "rule", "until"),
    [
        (facts(IncidentState.DISMISSED), Rule.DISMISSED, LATER + timedelta(days=30)),
        (facts(technical=True), Rule.TECHNICAL, SEEN + timedelta(days=20)),
        (facts(IncidentState.DISMISSED, technical=True), Rule.DISMISSED, LATER + timedelta(days=30)),
        (facts(), Rule.UNDECIDED, SEEN + timedelta(days=180)),
        (facts(IncidentState.ACKNOWLEDGED), Rule.UNDECIDED, SEEN + timedelta(days=180)),
        (facts(IncidentState.DISMISSED, WITHDRAWN), Rule.WITHDRAWN, LATER + timedelta(days=90)),
        (facts(IncidentState.ATTACHED, CONFIRMED), Rule.CONFIRMED, LATER + timedelta(days=1000)),
        (facts(IncidentState.ATTACHED, BARRED), Rule.CONFIRMED, BAR_ENDS + timedelta(days=60)),
        (facts(IncidentState.DISMISSED, CONFIRMED, WITHDRAWN), Rule.CONFIRMED, LATER + timedelta(days=1000)),
        (facts(IncidentState.ATTACHED, CONFIRMED, BARRED), Rule.CONFIRMED, LATER + timedelta(days=1000)),
    ],
)
def test_evidence_is_kept_to_the_last_moment_of_its_rule_and_not_after(
    given: Facts, rule: Rule, until: datetime
) -> None:
    found = keeping(given, DAYS)
    assert (found.rule, found.until) == (rule, until)
    assert [found.is_over(until - MOMENT), found.is_over(until)] == [False, True]


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        (facts(IncidentState.DISMISSED, on_hold=True), Rule.LEGAL_HOLD),
        (facts(IncidentState.ATTACHED, BARRED, case(CaseState.APPEALED)), Rule.APPEAL_OPEN),
        (facts(IncidentState.DISMISSED, WITHDRAWN, case(CaseState.OPEN)), Rule.CASE_OPEN),
        (facts(IncidentState.ATTACHED, case(CaseState.PROPOSED)), Rule.CASE_OPEN),
        (facts(IncidentState.ATTACHED, case(CaseState.APPEALED), on_hold=True), Rule.LEGAL_HOLD),
    ],
)
def test_nothing_is_deleted_while_it_may_be_needed(given: Facts, rule: Rule) -> None:
    found = keeping(given, DAYS)
    assert (found.rule, found.until) == (rule, None)
    assert not found.is_over(SEEN + timedelta(days=10_000))


def test_a_closed_case_is_kept_as_what_it_was_before() -> None:
    closed = CaseFacts(CaseState.CLOSED, LATER, None, BAR_ENDS)
    dropped = CaseFacts(CaseState.CLOSED, None, LATER, None)
    assert keeping(facts(IncidentState.ATTACHED, closed), DAYS).until == BAR_ENDS + timedelta(days=60)
    assert keeping(facts(IncidentState.ATTACHED, dropped), DAYS).rule is Rule.WITHDRAWN


def test_the_products_own_rules_can_be_read() -> None:
    found = read_rules(Path(settings.EVIDENCE_RETENTION))
    assert found.days.dismissed < found.days.undecided < found.days.confirmed


@pytest.mark.parametrize(
    ("words", "wrong"), [("[days]\n", "missing"), ("dismissed = 30", "dismissed"), ("[days", "rules")]
)
def test_a_file_of_rules_that_cannot_be_read_is_named(tmp_path: Path, words: str, wrong: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(words)
    with pytest.raises(BadRules, match=str(path)):
        read_rules(path)


def test_a_number_of_days_is_never_below_zero(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    own = Path(settings.EVIDENCE_RETENTION).read_text("utf-8")
    path.write_text(own.replace("dismissed = 30", "dismissed = -1"))
    with pytest.raises(BadRules, match="below 0"):
        read_rules(path)


def test_a_copy_from_before_the_comparison_at_the_desk_means_thirty_days(tmp_path: Path) -> None:
    own = Path(settings.EVIDENCE_RETENTION).read_text("utf-8")
    older, wrong = tmp_path / "older.toml", tmp_path / "wrong.toml"
    older.write_text(own.split("[face]")[0], "utf-8")
    wrong.write_text(own.split("[face]")[0] + "[face]\ndays = -1\n", "utf-8")
    assert read_rules(older).face.days == read_rules(Path(settings.EVIDENCE_RETENTION)).face.days == 30
    with pytest.raises(BadRules):
        read_rules(wrong)
