"""Every fault of an application is said in both languages, with the facts that it carries."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from examserver.registration import applications
from examserver.registration import services as acts_of
from examserver.registration.applications.faults import Fault, Refused
from examserver.registration.applications.identity import Standards, number_faults
from examserver.registration.applications.sheets import rows_of
from examserver.registration.applications.states import ApplicationState, Step
from examserver.registration.applications.words import said, state_name
from examserver.registration.dates.years import LeapDay
from examserver.registration.resits.words import KEYS as RESIT_KEYS
from examserver.registration.services import applications as services
from tests.registration.applications.people import NOW, Office, born, seen

NOTED = re.compile(r'\bnote\(\s*application,\s*"(\w+)"')
KEYS = re.compile(r'(?:Fault|refuse)\(\s*"(\w+)"')
MINE = (
    "accounting",
    "applications",
    "documents",
    "forms",
    "group_files",
    "institutions",
    "orders",
    "payments",
    "reviewing",
    "resits",
)
LANGUAGES = ("zh-hans", "en")


def raised() -> set[str]:
    """Every key of a fault in the rules and services of applications."""
    rules = Path(applications.__file__).parent.glob("*.py")
    edges = [Path(acts_of.__file__).parent / f"{name}.py" for name in MINE]
    return {key for path in (*rules, *edges) for key in KEYS.findall(path.read_text("utf-8"))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_has_its_sentence(language: str) -> None:
    keys = raised()
    assert len(keys) > 40
    with translation.override(language):
        unsaid = {
            key for key in keys if translation.gettext(f"application.fault.{key}").startswith("application.")
        }
    assert unsaid == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_its_name(language: str) -> None:
    with translation.override(language):
        names = [state_name(state) for state in ApplicationState]
    assert not [name for name in names if name.startswith("application.")]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_a_history_can_tell_has_its_words(language: str) -> None:
    texts = [path.read_text("utf-8") for path in Path(acts_of.__file__).parent.glob("*.py")]
    deeds = {deed for text in texts for deed in NOTED.findall(text)}
    assert {"created", "resit_chosen", "consented"} <= deeds
    with translation.override(language):
        said_of = {deed: translation.gettext(f"application.deed.{deed}") for deed in {*deeds, *Step}}
    assert [deed for deed, text in said_of.items() if text.startswith("application.")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_rules_of_resits_refuse_is_said_as_every_other_fault(language: str) -> None:
    facts = dict.fromkeys(
        ("subject", "passed_on", "until", "day", "old", "new", "exam_by", "subjects"), "theory"
    )
    with translation.override(language):
        texts = [said(Fault(key, "", facts)) for key in RESIT_KEYS]
    assert not [text for text in texts if text.startswith(("resit.", "application."))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_at_submission_can_be_said(office: Office, language: str) -> None:
    application = office.draft(number="1")
    with pytest.raises(Refused) as refused:
        services.submit(seen=seen(application), actor=office.clerk, now=NOW)
    with translation.override(language):
        sentences = [said(fault) for fault in refused.value.faults]
    assert len(sentences) == 5
    assert not [one for one in sentences if "%(" in one or "application." in one]


@pytest.mark.parametrize("data", [b"PK broken", b"\xff\xfe\x00\xd8a", b"a,b\n" * 60_000])
def test_what_the_readers_say_of_a_file_can_be_said(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        rows_of(data, "g.csv")
    with translation.override("en"):
        assert all("application." not in said(fault) for fault in refused.value.faults)


def test_a_sentence_names_the_day_from_which_one_may_apply() -> None:
    standards = Standards(NOW.date(), 16, LeapDay.MARCH_1)
    (fault,) = number_faults(born("20100301"), standards)
    with translation.override("en"):
        assert said(fault) == "Applicants are at least 16 years old: possible from 2026-03-01."
