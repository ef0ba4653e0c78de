"""The first start: one link, once, makes the first facilitator and the organisation."""

from django import forms
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from withus.accounts import actions as accounts
from withus.accounts.models import Staff
from withus.projects import actions as projects

SALT = "withus.first"
WEEK = 7 * 24 * 3600


class FirstForm(forms.Form):
    """The first facilitator and their organisation."""

    name = forms.CharField(label=_("What are you called?"), max_length=120)
    email = forms.EmailField(label=_("Your e-mail address"), help_text=_("You sign in with it."))
    organisation = forms.CharField(label=_("What is your organisation called?"), max_length=200)
    telephone = forms.CharField(
        label=_("A telephone number that people can ring"),
        help_text=_("It stands on every slip. You can leave it for later."),
        max_length=40,
        required=False,
    )
    lasting_address = forms.URLField(
        label=_("The lasting web address of this WithUs"),
        help_text=_("People find their answers there in a year, too. You can leave it for later."),
        required=False,
        assume_scheme="https",
    )
    password = forms.CharField(
        label=_("A password"),
        help_text=_("At least 10 characters. Leave it empty to sign in by a code that we e-mail to you."),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if password:
            validate_password(password)
        return password


def link(address: str) -> str | None:
    """The link that makes the first account; None once there is one."""
    if Staff.objects.exists():
        return None
    return f"{address}{reverse('begin', args=[signing.dumps('begin', salt=SALT)])}"


def works(token: str) -> bool:
    """Whether this link may still make the first account."""
    if Staff.objects.exists():
        return False
    try:
        return bool(signing.loads(token, salt=SALT, max_age=WEEK) == "begin")
    except signing.BadSignature:
        return False


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, token: str) -> HttpResponse:
    if not works(token):
        return render(request, "accounts/used.html", status=404)
    form = FirstForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with transaction.atomic():
            staff = accounts.add_staff(email=said["email"], name=said["name"], password=said["password"] or None)
            projects.add_organisation(
                name=said["organisation"],
                admin=staff,
                telephone=said["telephone"],
                lasting_address=said["lasting_address"],
            )
        login(request, staff, backend="sesame.backends.ModelBackend")
        return redirect("charter:projects")
    return render(request, "accounts/begin.html", {"form": form}, status=422 if form.errors else 200)
