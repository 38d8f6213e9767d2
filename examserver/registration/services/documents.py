"""Takes the documents of an application: looked at by content, kept under their hash, never thrown away."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from django.conf import settings
from django.db import transaction

from examserver.kernel.access import Actor, NotAllowed
from examserver.registration.applications.documents import DocumentKind, media_type
from examserver.registration.applications.duties import CLERKS
from examserver.registration.applications.states import FINAL, ApplicationState
from examserver.registration.models import Application, Document
from examserver.registration.selectors.applications import duplicates
from examserver.registration.services.histories import Deed, Seen, check_own, held, note

MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A file as it was handed in: for what, under which name, its bytes."""

    kind: DocumentKind
    name: str
    data: bytes


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return Path(settings.UPLOAD_DIR) / "documents" / sha256[:2] / sha256


@transaction.atomic
def add_document(*, seen: Seen, new: NewDocument, actor: Actor, now: datetime) -> Document:
    """Put a file with the application; the same file again changes nothing. A slip pays nothing (REQ-50).

    Files that other people handed in too are told in the history as DOC_DUPLICATE, for a person to look at.
    Refused as `media_type` says; NotAllowed `role_needed`, `changed_meanwhile`, `not_editable`.
    """
    application = held(seen, actor)
    _check_open(application, actor)
    kind = media_type(new.data)
    digest = hashlib.sha256(new.data).hexdigest()
    there: Document | None = application.documents.filter(kind=new.kind, sha256=digest).first()
    if there is not None:
        return there
    _keep(new.data, digest)
    document = Document.objects.create(
        application=application,
        kind=new.kind,
        name=PurePath(new.name.replace("\\", "/")).name[:200],
        sha256=digest,
        size=len(new.data),
        media_type=kind,
        added_at=now,
        added_by=str(actor),
    )
    facts = {"kind": new.kind, "sha256": digest, "size": len(new.data)}
    note(application, "document_added", Deed(actor, now, facts=facts))
    _tell_duplicates(document, application, Deed(actor, now))
    return document


def _check_open(application: Application, actor: Actor) -> None:
    """The applicant adds while nobody reviews it and slips later; a clerk adds as long as it lives."""
    check_own(application, actor)
    closed = {ApplicationState.PRECHECKED, ApplicationState.UNDER_REVIEW}
    if application.state in FINAL or (application.state in closed and not actor.has(*CLERKS)):
        raise NotAllowed("not_editable")


def _tell_duplicates(document: Document, application: Application, deed: Deed) -> None:
    others = list(duplicates(document).values_list("pk", flat=True)[:MOST_TOLD])
    if others:
        facts = {"document": document.pk, "kind": document.kind, "applications": others}
        note(application, "DOC_DUPLICATE", Deed(deed.actor, deed.now, facts=facts))


def _keep(data: bytes, sha256: str) -> None:
    """Written whole or not at all, and on the disk before the database knows of it."""
    path = path_of(sha256)
    if path.is_file() and path.stat().st_size == len(data):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as temporary:
        try:
            temporary.write(data)
            temporary.flush()
            os.fsync(temporary.fileno())
            Path(temporary.name).replace(path)
        finally:
            Path(temporary.name).unlink(missing_ok=True)
