"""Accounts of an organisation, for its admins: who is a member, and a one-time link for a new colleague. Shows nothing of any project."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.accounts.first import sign_in_link
from withus.people import actions
from withus.people.models import ColleagueAsked
from withus.post import ways
from withus.projects.access import by, signed_in, staff_of
from withus.projects.models import Membership, Organisation
from withus.projects.refused import Refused


class ColleagueForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Of which organisation?"), queryset=Organisation.objects.none(), to_field_name="uid", empty_label=None
    )
    name = forms.CharField(label=_("What are they called?"), max_length=120)
    email = forms.EmailField(label=_("Their e-mail address"), help_text=_("They sign in with it."))
    admin = forms.BooleanField(label=_("They may add accounts, too"), required=False)

    def clean(self) -> dict[str, Any]:  # Any: Form's own
        said: dict[str, Any] = super().clean() or self.cleaned_data
        there = Membership.objects.filter(
            organisation=said.get("organisation"), staff__email__iexact=said.get("email", "")
        )
        if said.get("email") and there.exists():
            self.add_error("email", _("They are a member already. Look at the list."))
        return said

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:  # Any: Form's own
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.filter(pk__in=[one.pk for one in organisations]).order_by("name")
        if len(organisations) == 1:
            field.initial = organisations[0].uid
            field.widget = forms.HiddenInput()


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def staff(request: HttpRequest) -> HttpResponse:
    """
    Members of the organisations that this account looks after, and who is asked to join. Whether somebody had an account is said to nobody
    but them; only where no mail leaves is a new colleague's link shown, once.
    """
    me = staff_of(request)
    mine = Membership.objects.filter(staff=me, admin=True).select_related("organisation").order_by("organisation__name")
    organisations = [membership.organisation for membership in mine]
    if not organisations:
        raise Http404
    if request.POST.get("do") == "taken back":
        _take_back(request, organisations)
        return redirect("people:staff")
    leaves, refusal = request.POST.get("do") == "left", ""
    leaving = _leaving(request, organisations)
    if leaves and leaving is not None:
        try:
            actions.end_account(leaving.organisation, staff=leaving.staff, by=by(request), now=timezone.now())
            messages.success(request, _("They open nothing here any more."))
            return redirect("people:staff")
        except Refused as refused:
            refusal = str(refused.sentence)
    form = ColleagueForm(request.POST if request.POST and not leaves else None, organisations=organisations)
    made, link = "", ""
    if form.is_bound and form.is_valid():
        staff, is_new = actions.ask_colleague(**form.cleaned_data, now=timezone.now())
        made, by_hand = form.cleaned_data["name"], is_new and not ways.mails_leave()
        link = sign_in_link(staff, settings.WITHUS_ADDRESS) if by_hand else ""
        form = ColleagueForm(organisations=organisations)
    members = Membership.objects.filter(organisation__in=organisations).select_related("staff", "organisation")
    asked = ColleagueAsked.objects.filter(organisation__in=organisations).select_related("organisation")
    context = {
        "asked": asked.order_by("organisation__name", "name"),
        "form": form,
        "made": made,
        "link": link,
        "members": members.order_by("organisation__name", "staff__name"),
        "several": len(organisations) > 1,
        "leaving": leaving,
        "refusal": refusal,
        "me": me,
    }
    return render(request, "people/staff.html", context, status=422 if form.errors else 409 if refusal else 200)


def _take_back(request: HttpRequest, organisations: list[Organisation]) -> None:
    try:
        uid = UUID(request.POST.get("asked", ""))
    except ValueError:
        raise Http404 from None
    for one in organisations:
        actions.take_back_asked(one, uid=uid)
    messages.success(request, _("They are not asked any more."))


def _leaving(request: HttpRequest, organisations: list[Organisation]) -> Membership | None:
    """Whose account is to end, of one of these organisations only; None where nobody's."""
    asked = request.POST if request.method == "POST" else request.GET
    try:
        staff, organisation = UUID(asked.get("left", "")), UUID(asked.get("of", ""))
    except ValueError:
        return None
    rows = Membership.objects.filter(staff__uid=staff, organisation__uid=organisation, organisation__in=organisations)
    return rows.select_related("staff", "organisation").first()
