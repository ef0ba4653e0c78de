"""Words for training staff: only with their author's yes to that, as it stands now; and each print on the record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.live.models import Contribution, Use
from withus.live.uses import with_words_for
from withus.loop.pages.themes import boxes, frame
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.reports import actions


@never_cache
@require_http_methods(["GET", "POST"])
@team_page()
def training(request: HttpRequest, project: Project) -> HttpResponse:
    """What may be used, with a tick each; the press that prints it says for what. A yes that was taken back is gone at once."""
    refusal, typed, status = "", request.POST.get("what_for", "")[:120], 200
    ticked, now = boxes(request, "card", most=actions.MOST_PRINTED), timezone.now()
    if request.method == "POST":
        try:
            cards = actions.print_for_training(project, uids=ticked, what_for=typed, by=by(request), now=now)
            context = {"project": project, "cards": cards, "what_for": typed, "now": now}
            return render(request, "reports/training_print.html", context)
        except Refused as refused:
            refusal, status = str(refused.sentence), 422
    rows = with_words_for(Contribution.objects.filter(project=project), Use.TRAINING).order_by("seq")
    context = frame(project) | {
        "cards": list(rows[: actions.MOST_PRINTED]),
        "ticked": ticked if request.method == "POST" else None,
        "typed": typed,
        "refusal": refusal,
    }
    return render(request, "reports/training.html", context, status=status)
