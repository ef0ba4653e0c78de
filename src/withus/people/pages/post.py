"""
The post of an organisation, for its admins: whether letters leave, and work behind them that this server could not do. Says how many,
never whose or what.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib import messages
from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import Coalesce
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

LATELY = timedelta(days=14)


@dataclass
class Failed:
    """Letters that did not go out, or came back, for one reason; `codes` are what the mail server called it."""

    why: str
    may_work: bool
    letters: int = 0
    last: datetime | None = None
    codes: list[str] = field(default_factory=list)


def _failed(rows: QuerySet[Outgoing]) -> list[Failed]:
    """By reason, the most first: the same reason has many codes."""
    found: dict[str, Failed] = {}
    counted = rows.filter(state=LetterState.FAILED).order_by("trouble").values("trouble")
    for one in counted.annotate(letters=Count("pk"), last=Max(Coalesce("bounced_at", "run_at"))):
        said = found.setdefault(why(one["trouble"]), Failed(why(one["trouble"]), may_work(one["trouble"])))
        said.letters += one["letters"]
        said.last = max(filter(None, (said.last, one["last"])), default=None)
        said.may_work = said.may_work or may_work(one["trouble"])
        said.codes.append(one["trouble"])
    return sorted(found.values(), key=lambda one: -one.letters)


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
    if request.method == "POST" and request.POST.get("do") == "work":
        again = actions.try_jobs_again(timezone.now())
        said = ngettext("%(n)s piece of work is tried again.", "%(n)s pieces of work are tried again.", again)
        messages.success(request, said % {"n": again})
        return redirect("people:post")
    if request.method == "POST":
        stuck = [one for one in rows.filter(state=LetterState.FAILED, bounced_at=None) if may_work(one.trouble)]
        again = sum(actions.try_again(one, now=timezone.now()) for one in stuck)
        said = ngettext("%(n)s letter is tried again.", "%(n)s letters are tried again.", again)
        messages.success(request, said % {"n": again})
        return redirect("people:post")
    held = rows.filter(state__in=WAITING, trouble__startswith=DOWN).aggregate(n=Count("pk"), since=Min("run_at"))
    sent = rows.filter(state__in=(LetterState.SENT, LetterState.PERHAPS_TWICE)).aggregate(
        n=Count("pk"), last=Max("sent_at")
    )
    failed = _failed(rows)
    twice = rows.filter(state=LetterState.PERHAPS_TWICE, sent_at__gt=timezone.now() - LATELY)
    context = {
        "failed": failed,
        "may_work": any(one.may_work for one in failed),
        "twice": twice.count(),
        "held": held["n"],
        "waiting": rows.filter(state__in=WAITING, run_at__lte=timezone.now()).count(),
        "sent": sent,
        "work": list(actions.jobs_given_up().values("kind", "trouble").annotate(n=Count("pk")).order_by("kind")),
    }
    return render(request, "people/post.html", context)
