"""The post of an organisation, for its admins: whether letters leave. Says how many, never whose or what."""

from django.contrib import messages
from django.db.models import Count, Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.post import actions
from withus.post.lines import DOWN
from withus.post.models import WAITING, LetterState, Outgoing
from withus.post.troubles import may_work, why
from withus.projects.access import signed_in, staff_of
from withus.projects.models import Membership, Project


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def post(request: HttpRequest) -> HttpResponse:
    """Letters of the organisations that this account looks after, counted by what went wrong."""
    mine = Membership.objects.filter(staff=staff_of(request), admin=True).values_list("organisation", flat=True)
    if not mine:
        raise Http404
    projects = Project.objects.filter(organisation__in=list(mine)).values_list("uid", flat=True)
    owners = Membership.objects.filter(organisation__in=list(mine)).values_list("organisation__uid", flat=True)
    rows = Outgoing.objects.filter(belongs_to__in=[*projects, *set(owners)])
    if request.method == "POST":
        stuck = [one for one in rows.filter(state=LetterState.FAILED, bounced_at=None) if may_work(one.trouble)]
        again = sum(actions.try_again(one, now=timezone.now()) for one in stuck)
        said = ngettext("%(n)s letter is tried again.", "%(n)s letters are tried again.", again)
        messages.success(request, said % {"n": again})
        return redirect("people:post")
    failed = rows.filter(state=LetterState.FAILED).values("trouble").annotate(letters=Count("pk"), last=Max("run_at"))
    held = rows.filter(state__in=WAITING, trouble__startswith=DOWN).aggregate(n=Count("pk"), since=Min("run_at"))
    sent = rows.filter(state__in=(LetterState.SENT, LetterState.PERHAPS_TWICE)).aggregate(
        n=Count("pk"), last=Max("sent_at")
    )
    context = {
        "failed": [{"why": why(one["trouble"]), **one} for one in failed.order_by("-letters")],
        "held": held["n"],
        "waiting": rows.filter(state__in=WAITING, run_at__lte=timezone.now()).count(),
        "sent": sent,
    }
    return render(request, "people/post.html", context)
