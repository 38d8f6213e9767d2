"""The two pages that belong to no application: the start page, and the one that says the server is well."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Who goes where."""
    return render(request, "start.html")


@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return JsonResponse({"ok": cursor.fetchone() == (1,)})
