"""Staff sign in and out."""

from django.contrib.auth import logout
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST


class StaffSignIn(LoginView):
    """Name and password; then on to where the person was going, or to the start page."""

    template_name = "staff_sign_in.html"
    next_page = "/"


@require_POST
def staff_sign_out(request: HttpRequest) -> HttpResponse:
    """End the member of staff's session."""
    logout(request)
    return HttpResponseRedirect("/")
