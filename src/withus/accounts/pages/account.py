"""What somebody who signs in may change about that: their name, their password, their passkeys."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.accounts import actions
from withus.accounts.models import Staff


class NameForm(forms.Form):
    name = forms.CharField(label=_("What should others call you?"), max_length=120)


@never_cache
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Passkeys need https, so a laptop in a hall does not offer them."""
    staff = request.user
    if not isinstance(staff, Staff) or not staff.is_active:
        return redirect_to_login(request.path)
    form = NameForm(request.POST or None, initial={"name": staff.name})
    if request.method == "POST" and form.is_valid():
        actions.rename(staff, name=form.cleaned_data["name"])
        messages.success(request, _("Saved."))
        return redirect("accounts:account")
    context = {
        "form": form,
        "passkeys": settings.MFA_PASSKEY_LOGIN_ENABLED,
        "has_password": staff.has_usable_password(),
    }
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)
