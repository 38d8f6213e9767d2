"""The addresses of signing in and out."""

from django.urls import path

from examserver.people.views import accounts, staff

urlpatterns = [
    path("staff/sign-in/", staff.StaffSignIn.as_view(), name="staff_sign_in"),
    path("staff/sign-out/", staff.staff_sign_out, name="staff_sign_out"),
    path("my/sign-in/", accounts.applicant_sign_in, name="applicant_sign_in"),
    path("my/sign-up/", accounts.applicant_sign_up, name="applicant_sign_up"),
    path("my/sign-out/", accounts.applicant_sign_out, name="applicant_sign_out"),
]
