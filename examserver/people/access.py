"""Who may reach the addresses of signing in and out."""

from examserver.kernel.access import PUBLIC, Role

ROWS: dict[str, frozenset[Role]] = {
    "staff_sign_in": PUBLIC,
    "staff_sign_out": PUBLIC,
    "applicant_sign_in": PUBLIC,
    "applicant_sign_up": PUBLIC,
    "applicant_sign_out": PUBLIC,
}
