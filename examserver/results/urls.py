"""The addresses of the office and of the look-up."""

from django.urls import path

from examserver.results import views

urlpatterns = [
    path("office/", views.office, name="office"),
    path("office/amendments/", views.office_amendments, name="office_amendments"),
    path("office/<str:day>/", views.office_day, name="office_day"),
    path("office/<str:day>/release/", views.office_release, name="office_release"),
    path("office/<str:day>/sittings/<int:sitting>/count/", views.office_count, name="office_count"),
    path("results/", views.results_look_up, name="results_look_up"),
]
