"""Every address of the server, application by application."""

from django.urls import include, path
from django.views.i18n import JavaScriptCatalog, set_language

from examserver import site

urlpatterns = [
    path("", site.start, name="start"),
    path("healthz", site.healthz, name="healthz"),
    path("language/", set_language, name="set_language"),
    path("text.js", JavaScriptCatalog.as_view(), name="javascript_catalog"),
    path("", include("examserver.people.urls")),
    path("", include("examserver.delivery.urls")),
    path("", include("examserver.invigilation.urls")),
    path("", include("scoring.urls")),
    path("", include("examserver.results.urls")),
]
