"""Documents: what they are by their bytes, kept for good, and told when other people handed in the same."""

import io
import zipfile

import pytest

from examserver.kernel.access import NotAllowed
from examserver.registration.applications.documents import MOST_BYTES, DocumentKind, media_type
from examserver.registration.applications.faults import Refused
from examserver.registration.models import Document, WrittenOnce
from examserver.registration.selectors.applications import documents, duplicates, events
from examserver.registration.services import reviewing
from examserver.registration.services.documents import NewDocument, add_document, path_of
from tests.registration.applications.people import (
    NOW,
    Office,
    candidate_actor,
    institution,
    pdf,
    person,
    seen,
    stored,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 40 + b"\xff\xd9"


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("word/document.xml", "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"), [(pdf(), "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")]
)
def test_a_file_is_what_its_bytes_say(data: bytes, kind: str) -> None:
    assert media_type(data) == kind


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "document_empty"),
        (b"MZ\x90\x00" + pdf(), "document_executable"),
        (b"\x7fELF" + pdf(), "document_executable"),
        (b"#!/bin/sh\n" + pdf(), "document_executable"),
        (archive(), "document_archive"),
        (b"\n" + pdf(), "document_unknown"),
        (b"<html>", "document_unknown"),
        (pdf()[:-8], "document_cut"),
        (PNG[:-8], "document_cut"),
        (JPEG[:-2], "document_cut"),
        (pdf("<</S/Launch/F(cmd.exe)>>"), "document_active"),
        (pdf("<</S/Java#53cript/JS(x)>>"), "document_active"),
        (pdf("<</EmbeddedFiles 3 0 R>>"), "document_active"),
        (pdf("x" * MOST_BYTES), "document_too_large"),
    ],
)
def test_what_is_no_document_is_refused_by_its_content(data: bytes, fault: str) -> None:
    with pytest.raises(Refused, match=fault):
        media_type(data)


def test_a_file_of_the_longest_size_is_taken_and_one_byte_more_is_not() -> None:
    rest = MOST_BYTES - len(pdf(""))
    assert media_type(pdf("x" * rest)) == "application/pdf"
    with pytest.raises(Refused, match="document_too_large"):
        media_type(pdf("x" * (rest + 1)))


def test_a_program_that_calls_itself_a_pdf_leaves_nothing_behind(office: Office) -> None:
    application = office.draft()
    with pytest.raises(Refused, match="document_executable"):
        office.add(application, DocumentKind.EVIDENCE, b"MZ" + pdf())
    assert not Document.objects.exists()
    assert seen(application).version == 1


def test_a_document_is_kept_under_its_hash_and_the_newest_of_a_kind_counts(office: Office) -> None:
    application = office.draft()
    first = office.add(application, DocumentKind.EVIDENCE, pdf("one"))
    second = office.add(application, DocumentKind.EVIDENCE, pdf("two"))
    assert path_of(first.sha256).read_bytes() == pdf("one")
    assert documents(application) == {DocumentKind.EVIDENCE: second}
    assert application.documents.count() == 2


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    application = office.draft()
    first = office.add(application, DocumentKind.EVIDENCE, pdf("one"))
    before = seen(application)
    assert office.add(application, DocumentKind.EVIDENCE, pdf("one")) == first
    assert seen(application) == before


def test_the_same_file_of_two_people_is_told_and_nobody_is_refused(office: Office) -> None:
    one, other = office.draft(person(1)), office.draft(person(2))
    office.add(one, DocumentKind.EVIDENCE, pdf("diploma"))
    document = office.add(other, DocumentKind.EVIDENCE, pdf("diploma"))
    assert list(duplicates(document)) == [one]
    told = events(other)[-1]
    assert (told.deed, told.data["applications"]) == ("DOC_DUPLICATE", [one.pk])
    assert stored(other).state == "DRAFT"


def test_a_person_may_hand_in_the_same_file_with_another_application(office: Office) -> None:
    first, second = office.draft(), office.draft(offering="O3")
    office.add(first, DocumentKind.ID_COPY, pdf("card"))
    document = office.add(second, DocumentKind.ID_COPY, pdf("card"))
    assert not duplicates(document).exists()


def test_a_document_is_neither_changed_nor_thrown_away(office: Office) -> None:
    document = office.add(office.draft(), DocumentKind.ID_COPY)
    for act in (document.delete, document.save, Document.objects.all().delete):
        with pytest.raises(WrittenOnce):
            act()
    with pytest.raises(WrittenOnce):
        Document.objects.update(name="x")


def test_only_the_applicant_and_the_body_add_and_the_applicant_not_during_review(office: Office) -> None:
    application = office.submitted(person())
    candidate = stored(application).candidate
    assert candidate is not None
    owner, new = candidate_actor(candidate), NewDocument(DocumentKind.PHOTO, "photo.png", PNG)
    with pytest.raises(type(application).DoesNotExist):
        add_document(seen=seen(application), new=new, actor=institution("S2")[1], now=NOW)
    reviewing.take_under_review(seen=seen(application), actor=office.clerk, now=NOW)
    with pytest.raises(NotAllowed, match="not_editable"):
        add_document(seen=seen(application), new=new, actor=owner, now=NOW)
    assert (
        add_document(seen=seen(application), new=new, actor=office.clerk, now=NOW).media_type == "image/png"
    )
