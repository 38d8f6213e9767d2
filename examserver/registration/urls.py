"""The addresses of registration, page by page."""

from django.urls import path

from examserver.registration.views import (
    applications,
    batches,
    calendar,
    catalogue,
    my,
    orders,
    start,
    tickets,
)

# Before the office of the results, whose addresses take any word for a day.
urlpatterns = [
    path("apply/", start.apply_start, name="apply_start"),
    path("apply/check/", start.apply_check, name="apply_check"),
    path("my/", my.my_home, name="my_home"),
    path("my/apply/", my.my_apply, name="my_apply"),
    path("my/applications/<int:application_id>/", my.my_application, name="my_application"),
    path("my/applications/<int:application_id>/form/", my.my_application_form, name="my_application_form"),
    path("my/applications/<int:application_id>/act/", my.my_application_act, name="my_application_act"),
    path("applications/", applications.applications, name="applications"),
    path("applications/file/", applications.applications_file, name="applications_file"),
    path("applications/<int:application_id>/", applications.application, name="application"),
    path("applications/<int:application_id>/act/", applications.application_act, name="application_act"),
    path("applications/<int:application_id>/form/", applications.application_form, name="application_form"),
    path(
        "applications/<int:application_id>/documents/<int:document_id>/",
        applications.application_document,
        name="application_document",
    ),
    path("orders/", orders.orders, name="orders"),
    path("orders/open/", orders.orders_open, name="orders_open"),
    path("orders/export/", orders.orders_export, name="orders_export"),
    path("orders/<int:order_id>/", orders.order, name="order"),
    path("orders/<int:order_id>/slip/", orders.order_slip, name="order_slip"),
    path("orders/<int:order_id>/credit/", orders.order_credit, name="order_credit"),
    path("tickets/", tickets.tickets, name="tickets"),
    path("tickets/pdf/", tickets.tickets_file, name="tickets_file"),
    path("tickets/<str:number>/pdf/", tickets.tickets_file, name="ticket_file"),
    path("tickets/<str:number>/", tickets.ticket, name="ticket"),
    path("office/batches/", batches.batches, name="batches"),
    path("office/batches/requeue/", batches.batches_requeue, name="batches_requeue"),
    path("office/batches/<int:batch_id>/", batches.batch, name="batch"),
    path("office/batches/<int:batch_id>/act/", batches.batch_act, name="batch_act"),
    path("office/catalogue/", catalogue.office_catalogue, name="office_catalogue"),
    path("office/catalogue/new/", catalogue.office_catalogue_new, name="office_catalogue_new"),
    path("office/catalogue/<str:code>/", catalogue.office_catalogue_version, name="office_catalogue_version"),
    path("office/catalogue/<str:code>/file/", catalogue.office_catalogue_file, name="office_catalogue_file"),
    path("office/calendar/", calendar.office_calendar, name="office_calendar"),
    path("office/calendar/day/", calendar.office_calendar_day, name="office_calendar_day"),
    path("office/calendar/year/", calendar.office_calendar_year, name="office_calendar_year"),
]
