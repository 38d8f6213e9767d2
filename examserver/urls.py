"""Every address of the server, application by application."""

from django.urls import include, path
from django.views.i18n import set_language

from examserver import site
from examserver.kernel.words import catalog

urlpatterns = [
    path("", site.start, name="start"),
    path("healthz", site.healthz, name="healthz"),
    path("language/", set_language, name="set_language"),
    path("text.js", catalog(), name="javascript_catalog"),
    path("", include("examserver.people.urls")),
    path("", include("examserver.registration.urls")),
    path("", include("examserver.delivery.urls")),
    path("", include("examserver.invigilation.urls")),
    path("", include("itembank.urls")),
    path("", include("scoring.urls")),
    path("", include("examserver.results.urls")),
]
