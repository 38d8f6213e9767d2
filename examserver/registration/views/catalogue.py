"""The catalogue: what is in force and what comes, each version with its content and its file, and a new version."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from examserver.kernel import clock
from examserver.kernel.http import actor_of
from examserver.registration.applications.faults import Fault, Refused, refuse
from examserver.registration.catalogue.changes import Change, changes_between, touched_offerings
from examserver.registration.catalogue.content import Catalogue
from examserver.registration.catalogue.reading import LONGEST, restored
from examserver.registration.models import CatalogueVersion
from examserver.registration.selectors import catalogue as reads
from examserver.registration.services.catalogue import Publication, add_catalogue_version, checked_version


@dataclass(frozen=True, slots=True)
class Draft:
    """The form of a new version, as it was filled in; `after` is the newest version that the page was made with."""

    text: str = ""
    effective_from: str = ""
    announcement: str = ""
    announcement_en: str = ""
    after: str = ""

    def publication(self) -> Publication:
        """What the form says of the file; Refused `day_wrong`."""
        try:
            day = date.fromisoformat(self.effective_from)
        except ValueError:
            raise refuse("day_wrong", "effective_from", day=self.effective_from[:20]) from None
        return Publication(day, self.announcement, self.announcement_en, self.after)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft would change of the newest version, and the offerings whose payers must be asked."""

    catalogue: Catalogue
    changes: tuple[Change, ...]
    touched: tuple[str, ...]


@require_GET
def office_catalogue(request: HttpRequest) -> HttpResponse:
    """The versions, and the content of the one in force today."""
    today = _today(clock.now())
    current = reads.version_in_force(today)
    context = {
        "versions": reads.catalogue_versions(),
        "current": current,
        "today": today,
        "catalogue": current and restored(current.content),
        "unknown_years": reads.unknown_years([today.year, today.year + 1]),
    }
    return render(request, "registration/catalogue.html", context)


@require_GET
def office_catalogue_version(request: HttpRequest, code: str) -> HttpResponse:
    """One version with all that it says."""
    version = _version(code)
    current = reads.version_in_force(_today(clock.now()))
    context = {"version": version, "catalogue": restored(version.content), "current": current}
    return render(request, "registration/catalogue_version.html", context)


@require_GET
def office_catalogue_file(request: HttpRequest, code: str) -> HttpResponse:
    """A version as the file that may be edited and handed in again."""
    version = _version(code)
    response = HttpResponse(_text(version), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="catalogue_{version.code}.json"'
    return response


@require_http_methods(["GET", "POST"])
def office_catalogue_new(request: HttpRequest) -> HttpResponse:
    """Edit or hand in a file, see what it would change, and only then put it in force."""
    if request.method == "GET":
        return _form(request, _fresh(request.GET.get("from", "")))
    draft = _given(request)
    try:
        draft = replace(draft, text=_chosen(request) or draft.text)
        return _STEPS.get(request.POST.get("step", ""), _form)(request, draft)
    except Refused as refused:
        return _form(request, draft, refused.faults)


def _add(request: HttpRequest, draft: Draft) -> HttpResponse:
    version = add_catalogue_version(
        file=draft.text.encode(), publication=draft.publication(), actor=actor_of(request), now=clock.now()
    )
    said = gettext("catalogue.added") % {"code": version.code, "day": str(version.effective_from)}
    messages.success(request, said)
    return redirect("office_catalogue")


def _preview(request: HttpRequest, draft: Draft) -> HttpResponse:
    publication = draft.publication()
    catalogue = checked_version(
        file=draft.text.encode(), publication=publication, actor=actor_of(request), now=clock.now()
    )
    context: dict[str, Any] = {"draft": draft, "preview": _previewed(catalogue, draft.after)}
    return render(request, "registration/catalogue_preview.html", context)


def _previewed(catalogue: Catalogue, after: str) -> Preview:
    if not after:
        return Preview(catalogue, (), ())
    before = reads.catalogue_of(after)
    touched = sorted(touched_offerings(before, catalogue))
    return Preview(catalogue, changes_between(before, catalogue), tuple(touched))


def _form(request: HttpRequest, draft: Draft, faults: tuple[Fault, ...] = ()) -> HttpResponse:
    context = {"draft": draft, "faults": faults}
    return render(request, "registration/catalogue_new.html", context, status=422 if faults else 200)


def _fresh(code: str) -> Draft:
    """An empty form, or one with the content of the version `code`."""
    if not code:
        return Draft(after=reads.newest_code())
    return Draft(text=_text(_version(code)), after=reads.newest_code())


def _given(request: HttpRequest) -> Draft:
    names = ("text", "effective_from", "announcement", "announcement_en", "after")
    return Draft(*(request.POST.get(name, "") for name in names))


def _chosen(request: HttpRequest) -> str:
    """The text of the file that was chosen, if one was; Refused `file_long`, `file_not_utf8`."""
    given = request.FILES.get("file")
    if given is None or isinstance(given, list):
        return ""
    if (given.size or 0) > LONGEST:
        raise refuse("file_long", "file", most=LONGEST // 1024)
    try:
        text: str = given.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse("file_not_utf8", "file") from None
    return text


_STEPS: Mapping[str, Callable[[HttpRequest, Draft], HttpResponse]] = {"check": _preview, "add": _add}


def _version(code: str) -> CatalogueVersion:
    version = reads.catalogue_version(code)
    if version is None:
        raise Http404
    return version


def _text(version: CatalogueVersion) -> str:
    return json.dumps(version.content, ensure_ascii=False, indent=2) + "\n"


def _today(now: datetime) -> date:
    return now.astimezone(clock.VENUE_ZONE).date()
