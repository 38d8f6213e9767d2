"""Sends work files and materials to a grader: only what is safe is shown in place, and nothing may run."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO

from asgiref.sync import sync_to_async
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from scoring.models import GradingTask
from scoring.previews import DOWNLOAD_ONLY, DOWNLOAD_TYPE, Viewer
from scoring.ranges import Span, Unsatisfiable, parse_range
from scoring.selectors.sheet import StoredFile, file_of, material_of
from scoring.views.pages import own_task

# A player asks again for what follows; a whole film is never held in memory.
MOST_OF_A_RANGE = 4 * 1024 * 1024
CHUNK = 256 * 1024
# The browser's own PDF viewer does not start in a sandbox; it runs no script of the page that shows it.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
POLICY = "default-src 'none'; sandbox; frame-ancestors 'self'"


@require_GET
@own_task
def api_grading_file(request: HttpRequest, grading_task: GradingTask, number: int) -> HttpResponseBase:
    """The confirmed file of the task's deliverable `number`; with `?download` to be kept."""
    return _answer(request, file_of(grading_task, number))


@require_GET
@own_task
def api_grading_material(request: HttpRequest, grading_task: GradingTask, material: str) -> HttpResponseBase:
    """A material that the task gave to the candidate."""
    return _answer(request, material_of(grading_task, material))


def _answer(request: HttpRequest, file: StoredFile | None) -> HttpResponseBase:
    if file is None:
        raise Http404
    try:
        span = parse_range(request.headers.get("Range", ""), file.size)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    response = _part(file, span) if span else _whole(file)
    return _safe(response, file, download="download" in request.GET)


def _part(file: StoredFile, span: Span) -> HttpResponseBase:
    length = min(span.length, MOST_OF_A_RANGE)
    with file.path.open("rb") as opened:
        opened.seek(span.first)
        data = opened.read(length)
    shown = f"bytes {span.first}-{span.first + len(data) - 1}/{file.size}"
    return HttpResponse(data, status=206, headers={"Content-Range": shown})


def _whole(file: StoredFile) -> HttpResponseBase:
    return StreamingHttpResponse(_chunks(file.path), headers={"Content-Length": str(file.size)})


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


async def _chunks(path: Path) -> AsyncIterator[bytes]:
    """In pieces: under ASGI Django would read all of a synchronous stream before it sends any."""
    opened = await sync_to_async(_open)(path)
    try:
        while chunk := await sync_to_async(opened.read)(CHUNK):
            yield chunk
    finally:
        await sync_to_async(opened.close)()


def _safe(response: HttpResponseBase, file: StoredFile, *, download: bool) -> HttpResponseBase:
    viewer = file.preview.viewer
    keep = download or viewer in DOWNLOAD_ONLY
    response["Content-Type"] = DOWNLOAD_TYPE if keep else file.preview.media_type
    response["Content-Disposition"] = content_disposition_header(keep, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_POLICY if viewer is Viewer.PDF and not keep else POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    response["Accept-Ranges"] = "bytes"
    return response
