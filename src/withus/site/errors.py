"""Pages for what went wrong: kind, with what to do next. A form that came without a good token is shown again with what was typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SECRET_FIELDS = frozenset({"csrfmiddlewaretoken", "password", "password1", "password2", "code"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """
    The token is old or missing (a page left open for days, cookies cleared). Nothing was done yet; what was typed is on the page, with a
    good token, and one press sends it. Passwords are not repeated.
    """
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in SECRET_FIELDS
        for value in values
        if isinstance(value, str)
    ]
    context = {"typed": typed, "action": request.get_full_path()}
    return render(request, "site/csrf_failure.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
