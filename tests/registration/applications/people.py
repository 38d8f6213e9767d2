"""Who acts in the tests of applications: a clerk, finance, two institutions, a candidate, and what they hand in."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime

from examserver.demo.invented import id_number
from examserver.kernel.access import Actor, Role
from examserver.people.identity import CHECK_CHARACTERS, WEIGHTS
from examserver.people.models import Candidate, RoleGrant, Staff
from examserver.people.services import add_candidate
from examserver.registration.applications.documents import DocumentKind
from examserver.registration.models import Application, Document, Institution, InstitutionMember
from examserver.registration.notice import VERSION
from examserver.registration.services import applications as services
from examserver.registration.services import forms, reviewing
from examserver.registration.services.applications import Form, NewApplication
from examserver.registration.services.documents import NewDocument, add_document
from examserver.registration.services.histories import Seen

NOW = datetime(2026, 2, 10, 2, 0, tzinfo=UTC)
NUMBER = "11010519491231002X"
PDF_HEAD, PDF_TAIL = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n", b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_names = itertools.count(1)


def born(day: str) -> str:
    """An ID number with this birth date (YYYYMMDD) and the right check character."""
    body = f"990000{day}001"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
    return body + CHECK_CHARACTERS[total % 11]


def pdf(text: str = "notice") -> bytes:
    """A small PDF with this text in it."""
    return PDF_HEAD + text.encode() + PDF_TAIL


def staff(*roles: Role) -> Actor:
    """A new member of staff with these roles, who cannot sign in: a password takes long to hash."""
    name = f"staff{next(_names)}"
    row = Staff.objects.create(username=name, display_name=name, password="!")
    RoleGrant.objects.bulk_create([RoleGrant(staff=row, role=role) for role in roles])
    return Actor("staff", row.pk, frozenset(roles))


def person(index: int = 1) -> Actor:
    """A candidate who has signed in."""
    row = add_candidate(name=f"考生{index}", id_number=id_number(index))
    return candidate_actor(row)


def candidate_actor(row: Candidate) -> Actor:
    """The actor that a candidate is."""
    return Actor("candidate", row.pk, frozenset({Role.CANDIDATE}))


def institution(code: str) -> tuple[Institution, Actor]:
    """An institution and somebody who acts for it."""
    row = Institution.objects.create(code=code, name=f"学校{code}")
    member = staff(Role.INSTITUTION)
    InstitutionMember.objects.create(institution=row, staff_id=member.id)
    return row, member


def seen(application: Application) -> Seen:
    """The application as somebody sees it who looks now."""
    return Seen(application.pk, Application.objects.values_list("version", flat=True).get(pk=application.pk))


def form(number: str = NUMBER, name: str = "张三") -> Form:
    """A form that is filled in."""
    return Form(name, number, "13800000000", "L3-1", {})


@dataclass(slots=True)
class Office:
    """A body with two clerks, of whom one does finance and planning too, and an institution with a member."""

    clerk: Actor = field(default_factory=lambda: staff(Role.CLERK, Role.FINANCE, Role.SCHEDULER))
    other_clerk: Actor = field(default_factory=lambda: staff(Role.CLERK))
    school: tuple[Institution, Actor] = field(default_factory=lambda: institution("S1"))

    @property
    def member(self) -> Actor:
        """Who acts for the institution."""
        return self.school[1]

    def draft(self, actor: Actor | None = None, number: str = NUMBER, offering: str = "O5") -> Application:
        """A draft with everything but documents and commitment; at the desk when no actor is named."""
        new = NewApplication(offering, form(number))
        return services.create_draft(new=new, actor=actor or self.clerk, now=NOW)

    def add(self, application: Application, kind: DocumentKind, data: bytes = b"") -> Document:
        """A clerk puts a document with it."""
        new = NewDocument(kind, f"{kind}.pdf", data or pdf(f"{kind} {application.pk}"))
        return add_document(seen=seen(application), new=new, actor=self.clerk, now=NOW)

    def complete(self, application: Application) -> None:
        """Everything is there to hand it in."""
        for kind in (DocumentKind.CANDIDATE_NOTICE, DocumentKind.ID_COPY, DocumentKind.EVIDENCE):
            self.add(application, kind)
        services.accept_commitment(seen=seen(application), shown=VERSION, actor=self.clerk, now=NOW)

    def submitted(
        self, actor: Actor | None = None, number: str = NUMBER, offering: str = "O5"
    ) -> Application:
        """An application that was handed in."""
        application = self.draft(actor, number, offering)
        self.complete(application)
        return services.submit(seen=seen(application), actor=actor or self.clerk, now=NOW)

    def under_review(self) -> Application:
        """An individual's application in a clerk's hands, its signed form received."""
        application = self.submitted()
        self.sign_form(application)
        return reviewing.take_under_review(seen=seen(application), actor=self.clerk, now=NOW)

    def sign_form(self, application: Application) -> None:
        """The form is made, confirmed, and the signed original is here."""
        forms.generate_form(seen=seen(application), actor=self.clerk, now=NOW)
        forms.confirm_form(seen=seen(application), actor=self.clerk, now=NOW)
        forms.receive_original(seen=seen(application), day=NOW.date(), actor=self.clerk, now=NOW)


def stored(application: Application) -> Application:
    """The application as it lies in the database."""
    return Application.objects.get(pk=application.pk)
