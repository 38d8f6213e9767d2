"""The HTTP twin of the exam socket, the paper, materials and uploads; docs/protocol.md is its text."""

import base64
import binascii
import logging
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from examserver.delivery import answers, pages
from examserver.delivery.messages import AnswerBatch, AnswerLine, Confirmation, HandBody
from examserver.delivery.models import Sitting, WorkFile
from examserver.delivery.services import closing, notices, sittings, uploads
from examserver.delivery.services.responses import Submitted, store_responses
from examserver.delivery.states import OPEN_STATES
from examserver.kernel import clock
from examserver.kernel.access import NotAllowed
from examserver.kernel.http import ApiError, actor_of, body, json_view
from itembank.sealing import BadSeal, PaperSealed
from itembank.selectors import answer_sheet, item_media_types, material, material_path, media_path

log = logging.getLogger(__name__)
MOST_ANSWERS = 500
LARGEST_CHUNK = 4 * 1024 * 1024
# An SVG is a document: opened by itself it may run nothing.
MEDIA_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'"


def own_sitting(request: HttpRequest) -> Sitting:
    """The signed-in candidate's sitting; 404 without one."""
    sitting = pages.sitting_of(actor_of(request))
    if sitting is None:
        raise Http404
    return sitting


def _state(request: HttpRequest) -> dict[str, Any]:
    return pages.state(own_sitting(request), clock.now())


@json_view("GET")
def state(request: HttpRequest) -> dict[str, Any]:
    """The `state` object."""
    return _state(request)


@json_view("GET")
def paper(request: HttpRequest) -> dict[str, Any]:
    """The candidate's own paper, only while the sitting is open; 503 while the server cannot open it."""
    sitting = own_sitting(request)
    if sitting.state not in OPEN_STATES:
        raise ApiError("not_open", 409)
    try:
        return pages.paper(sitting)
    except (PaperSealed, BadSeal) as problem:
        log.error("sitting %s gets no paper: %s", sitting.pk, problem)
        raise ApiError("paper_cannot_be_opened", 503) from problem


@json_view("POST")
def submit_answers(request: HttpRequest) -> dict[str, Any]:
    """Up to 500 answers in one transaction, each with its own reply."""
    sitting, batch, now = own_sitting(request), body(request, AnswerBatch), clock.now()
    if len(batch.answers) > MOST_ANSWERS:
        raise ApiError("too_many", 413, field="answers")
    sheet = answer_sheet(sitting.paper, sitting.seed)

    def taken(one: AnswerLine) -> Submitted | answers.NotTaken:
        try:
            return answers.submitted(one, sheet, sitting.pk, now)
        except answers.NotTaken as fault:
            return fault

    rows = [taken(one) for one in batch.answers]
    stored = iter(store_responses([row for row in rows if isinstance(row, Submitted)]))
    return {
        "results": [
            answers.refusal(one, row.code)
            if isinstance(row, answers.NotTaken)
            else answers.reply(one, next(stored))
            for one, row in zip(batch.answers, rows, strict=True)
        ]
    }


@json_view("POST")
def hand_in(request: HttpRequest) -> dict[str, Any]:
    """The candidate hands in."""
    closing.hand_in(sitting=own_sitting(request), actor=actor_of(request), now=clock.now())
    return _state(request)


@json_view("POST")
def notice_read(request: HttpRequest, notice: int) -> dict[str, Any]:
    """ "I have read this"; another's notice is not found."""
    return _mark(request, notice, notices.mark_read)


@json_view("POST")
def notice_shown(request: HttpRequest, notice: int) -> dict[str, Any]:
    """The notice is on the screen."""
    return _mark(request, notice, notices.mark_shown)


def _mark(request: HttpRequest, notice: int, mark: Any) -> dict[str, Any]:
    try:
        mark(sitting=own_sitting(request), notice_id=notice, now=clock.now())
    except NotAllowed as refusal:
        raise Http404 from refusal
    return _state(request)


@json_view("POST")
def hand(request: HttpRequest) -> dict[str, Any]:
    """Hand up or down."""
    raised = body(request, HandBody).raised
    sittings.raise_hand(sitting=own_sitting(request), actor=actor_of(request), raised=raised, now=clock.now())
    return _state(request)


@json_view("GET")
def download_material(request: HttpRequest, task: str, code: str) -> HttpResponseBase:
    """A material of a task of the candidate's own paper, while the sitting is open."""
    sitting = own_sitting(request)
    if sitting.state not in OPEN_STATES:
        raise ApiError("not_open", 409)
    try:
        found = material(sitting.paper_id, task, code)
    except ObjectDoesNotExist:
        raise Http404 from None
    return FileResponse(material_path(found).open("rb"), as_attachment=True, filename=found.name)


@json_view("GET")
def item_media(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """A picture, sound or film of an item of the candidate's own paper, while the sitting is open.

    A browser may keep it and asks each time whether it may still show it: the next person at the workstation may not.
    """
    sitting = own_sitting(request)
    if sitting.state not in OPEN_STATES:
        raise ApiError("not_open", 409)
    media_type, path = item_media_types(sitting.paper).get(sha256), media_path(sha256)
    if media_type is None or not path.is_file():
        raise Http404
    headers = {
        "ETag": f'"{sha256}"',
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": MEDIA_POLICY,
    }
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    return FileResponse(path.open("rb"), content_type=media_type, headers=headers)


def _metadata(header: str) -> dict[str, str]:
    """tus metadata: `key base64` pairs, comma separated; ApiError bad_message when it is something else."""
    try:
        pairs = [pair.split() for pair in header.split(",") if pair.strip()]
        return {key: base64.b64decode(value, validate=True).decode() for key, value in pairs}
    except (ValueError, binascii.Error) as error:
        raise ApiError("bad_message", 400, field="Upload-Metadata") from error


def _number(request: HttpRequest, header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit()):
        raise ApiError("bad_message", 400, field=header)
    return int(text)


@json_view("POST")
def create_upload(request: HttpRequest) -> HttpResponse:
    """tus creation: a new version of a deliverable's file."""
    metadata = _metadata(request.headers.get("Upload-Metadata", ""))
    size = _number(request, "Upload-Length")
    new = uploads.NewFile(metadata.get("deliverable", ""), metadata.get("name", ""), size)
    file = uploads.begin_upload(sitting=own_sitting(request), file=new, now=clock.now())
    return _tus(201, {"Location": f"/api/exam/uploads/{file.pk}/", "Upload-Offset": "0"})


def upload(request: HttpRequest, file: int) -> HttpResponse:
    """tus: HEAD tells the offset, PATCH appends."""
    view: Any = _append if request.method == "PATCH" else _offset
    answer: HttpResponse = view(request, file)
    return answer


@json_view("HEAD")
def _offset(request: HttpRequest, file: int) -> HttpResponse:
    found = _own_file(request, file)
    headers = {"Upload-Offset": str(found.received), "Upload-Length": str(found.size)}
    return _tus(200, {**headers, "Cache-Control": "no-store"})


@json_view("PATCH")
def _append(request: HttpRequest, file: int) -> HttpResponse:
    found = _own_file(request, file)
    if request.content_type != "application/offset+octet-stream":
        raise ApiError("bad_message", 415, field="Content-Type")
    chunk = request.read(LARGEST_CHUNK + 1)
    if len(chunk) > LARGEST_CHUNK:
        raise ApiError("too_large", 413)
    offset = _number(request, "Upload-Offset")
    end = uploads.append_chunk(file=found, offset=offset, chunk=chunk, now=clock.now())
    return _tus(204, {"Upload-Offset": str(end)})


@json_view("POST")
def confirm_upload(request: HttpRequest, file: int) -> dict[str, Any]:
    """The candidate confirms the file by its hash; it counts from now."""
    found, digest = _own_file(request, file), body(request, Confirmation).sha256
    done = uploads.confirm_upload(file=found, sha256=digest, actor=actor_of(request), now=clock.now())
    return pages.file(done, counts=True)


def _own_file(request: HttpRequest, pk: int) -> WorkFile:
    found = (
        own_sitting(request).files.select_related("sitting__paper", "sitting__session").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


def _tus(status: int, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(status=status, headers={"Tus-Resumable": "1.0.0", **headers})
