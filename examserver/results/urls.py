"""The addresses of the office, of the look-up and of the verification."""

from django.urls import path

from examserver.results.views import certificates, my, office, verify

urlpatterns = [
    path("office/", office.office, name="office"),
    path("office/amendments/", office.office_amendments, name="office_amendments"),
    path("office/certificates/", certificates.office_certificates, name="office_certificates"),
    path("office/certificates/act/", certificates.office_certificates_act, name="office_certificates_act"),
    path(
        "office/certificates/export/",
        certificates.office_certificates_export,
        name="office_certificates_export",
    ),
    path("office/<str:day>/", office.office_day, name="office_day"),
    path("office/<str:day>/release/", office.office_release, name="office_release"),
    path("office/<str:day>/sittings/<int:sitting>/count/", office.office_count, name="office_count"),
    path("my/results/", my.my_results, name="my_results"),
    path("my/resit/", my.my_resit, name="my_resit"),
    path("verify/", verify.certificate_verify, name="certificate_verify"),
    path("results/", office.results_look_up, name="results_look_up"),
]
