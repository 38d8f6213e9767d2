"""The addresses of signing in and out."""

from django.urls import path

from examserver.people import views

urlpatterns = [
    path("staff/sign-in/", views.StaffSignIn.as_view(), name="staff_sign_in"),
    path("staff/sign-out/", views.staff_sign_out, name="staff_sign_out"),
]
