"""One-time sign-in links."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from sesame.utils import get_user

from withus.accounts.models import Staff


@never_cache
@require_http_methods(["GET", "POST"])
def once(request: HttpRequest) -> HttpResponse:
    """A mail scanner that follows the link changes nothing: the link is used by the button."""
    if request.method == "GET":
        return render(request, "accounts/once.html")
    staff = get_user(request.GET.get("sesame", ""))
    if not isinstance(staff, Staff):
        return render(request, "accounts/used.html", status=404)
    login(request, staff, backend="sesame.backends.ModelBackend")
    return redirect("charter:projects")
