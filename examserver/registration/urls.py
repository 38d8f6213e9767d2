"""The addresses of registration, page by page."""

from django.urls import path

from examserver.registration.views import calendar, catalogue

# Before the office of the results, whose addresses take any word for a day.
urlpatterns = [
    path("office/catalogue/", catalogue.office_catalogue, name="office_catalogue"),
    path("office/catalogue/new/", catalogue.office_catalogue_new, name="office_catalogue_new"),
    path("office/catalogue/<str:code>/", catalogue.office_catalogue_version, name="office_catalogue_version"),
    path("office/catalogue/<str:code>/file/", catalogue.office_catalogue_file, name="office_catalogue_file"),
    path("office/calendar/", calendar.office_calendar, name="office_calendar"),
    path("office/calendar/day/", calendar.office_calendar_day, name="office_calendar_day"),
    path("office/calendar/year/", calendar.office_calendar_year, name="office_calendar_year"),
]
