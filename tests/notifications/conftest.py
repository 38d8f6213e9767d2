"""What the tests of messages share: an office, people with and without an address, and a mail server."""

from collections.abc import Iterator
from typing import Any

import pytest

from examserver.people.models import Account, Candidate
from examserver.registration.models import Application
from tests.registration.applications.people import NOW, Office
from tests.registration.catalogue.notices import load
from tests.support.smtp import MailServer, mail_server


@pytest.fixture
def office(db: None, tmp_path: Any, settings: Any) -> Office:
    settings.UPLOAD_DIR = tmp_path / "uploads"
    load()
    return Office()


@pytest.fixture
def reviewed(office: Office) -> Application:
    """An application under review, whose candidate has an address."""
    application = office.under_review()
    assert application.candidate is not None
    open_account(application.candidate)
    return application


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    """A mail server, to which the settings lead."""
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_TIMEOUT, settings.DEFAULT_FROM_EMAIL = 5, "exam@example.org"
        yield running


def open_account(candidate: Candidate, language: str = "", email: str = "a@example.org") -> Account:
    """An account with which mails find their way."""
    return Account.objects.create(
        candidate=candidate, email=email, language=language, password="!", opened_at=NOW
    )
