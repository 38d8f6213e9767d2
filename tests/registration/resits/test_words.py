"""Every answer of the rules is a sentence in both languages."""

import pytest
from django.utils.translation import override

from examserver.registration.applications.faults import Fault
from examserver.registration.resits.words import said

EXPIRED = Fault(
    "result_expired",
    "exam_on",
    {"subject": "theory", "passed_on": "2026-03-28", "until": "2028-03-28", "day": "2028-03-29"},
)


@pytest.mark.parametrize(
    ("language", "part"), [("zh-hans", "理论知识于 2026-03-28"), ("en", "pass in theory of")]
)
def test_an_expired_pass_is_explained_with_its_days(language: str, part: str) -> None:
    with override(language):
        assert part in said(EXPIRED)
        assert "2028-03-28" in said(EXPIRED)


@pytest.mark.parametrize("key", ["no_result", "nothing_passed", "competition_no_resit", "consent_missing"])
def test_no_answer_is_left_without_words(key: str) -> None:
    for language in ("zh-hans", "en"):
        with override(language):
            assert not said(Fault(key)).startswith("resit.")
