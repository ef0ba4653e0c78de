"""Writing an answer, publishing it after a last look, and its promise."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from withus.live.asks import seen
from withus.live.models import Contribution
from withus.loop import actions
from withus.loop.forms import AnswerForm, RedateForm
from withus.loop.models import Answer, AnswerVersion, Theme
from withus.loop.pages.themes import by, frame, theme_of
from withus.loop.refusals import DraftChangedMeanwhile
from withus.projects import day
from withus.projects.access import team_page
from withus.projects.models import Project
from withus.projects.refused import Refused

WRITTEN = [name for name in AnswerForm.base_fields if name != "version"]


@require_http_methods(["GET", "POST"])
@team_page()
def new(request: HttpRequest, project: Project) -> HttpResponse:
    """Begin an answer to `?theme=` or `?card=`; goes on with the one that is there."""
    theme, card = _subject(request, project)
    there = Answer.objects.filter(project=project, theme=theme, contribution=card).first()
    if there is not None and request.method == "GET":
        return redirect("loop:edit_answer", project.address, there.uid)
    form = AnswerForm(request.POST or None, initial={"body": project.organisation.name, "version": 0})
    return _write(request, project, form, theme=theme, card=card, answer=there)


@require_http_methods(["GET", "POST"])
@team_page()
def edit(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """Change the draft; or write the next version of what is published. Of two who write, neither loses their text."""
    answer = answer_of(project, uid)
    latest = AnswerVersion.objects.filter(answer=answer).order_by("-number").first()
    initial = {name: getattr(latest, name) for name in WRITTEN} if latest else {}
    if latest is not None and latest.published_at is not None:
        initial["redated_because"] = ""
    form = AnswerForm(request.POST or None, initial=initial | {"version": answer.version})
    return _write(request, project, form, theme=answer.theme, card=answer.contribution, answer=answer)


def _write(
    request: HttpRequest,
    project: Project,
    form: AnswerForm,
    *,
    theme: Theme | None,
    card: Contribution | None,
    answer: Answer | None,
) -> HttpResponse:
    theirs = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        said["version"] = said["version"] or 0
        try:
            kept = actions.draft_answer(
                project, theme=theme, contribution=card, **said, by=by(request), now=timezone.now()
            )
            return redirect("loop:publish", project.address, kept.uid)
        except DraftChangedMeanwhile as clash:
            theirs = clash.theirs
            form.data = {**request.POST.dict(), "version": str(clash.version)}
            form.add_error(None, str(clash.sentence))
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    rows = Contribution.objects.filter(placements__theme=theme).order_by("seq")
    cards: Any = seen(rows)[:30] if theme else [card]
    context = frame(project) | {
        "form": form,
        "theme": theme,
        "card": card,
        "cards": cards,
        "theirs": theirs,
        "promise": actions.published(answer) if answer else None,
    }
    return render(request, "loop/answer_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@team_page()
def publish(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """A last look: the answer as people will read it, and how many it reaches."""
    answer = answer_of(project, uid)
    refusal = ""
    if request.method == "POST":
        try:
            seen = request.POST.get("version", "")
            version = int(seen) if seen.isdecimal() and len(seen) < 9 else None
            actions.publish(answer, by=by(request), now=timezone.now(), version=version)
            messages.success(request, _("Published. Each person is told in their own way."))
            return redirect("loop:themes", project.address)
        except Refused as refused:
            refusal = str(refused.sentence)
    latest = AnswerVersion.objects.filter(answer=answer).order_by("-number").first()
    cards = list(actions.cards_of(answer))
    answer.refresh_from_db(fields=["version"])
    context = frame(project) | {
        "answer": answer,
        "version": latest,
        "cards": cards,
        "people": len({card.person_id for card in cards if card.person_id}),
        "is_published": latest is not None and latest.published_at is not None,
        "refusal": refusal,
    }
    return render(request, "loop/publish.html", context, status=409 if refusal else 200)


@require_http_methods(["GET", "POST"])
@team_page()
def redate(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    answer = answer_of(project, uid)
    form = RedateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.redate(answer, **form.cleaned_data, by=by(request), now=timezone.now())
            return redirect("loop:themes", project.address)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    context = frame(project) | {"answer": answer, "version": actions.published(answer), "form": form}
    return render(request, "loop/redate.html", context, status=422 if form.errors else 200)


@require_POST
@team_page()
def kept(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    now = timezone.now()
    try:
        actions.keep_promise(answer_of(project, uid), on=day.of(project, now), by=by(request), now=now)
    except Refused as refusal:
        return render(request, "ui/refused.html", {"sentence": refusal.sentence}, status=409)
    return redirect("loop:themes", project.address)


def answer_of(project: Project, uid: UUID) -> Answer:
    row = Answer.objects.filter(project=project, uid=uid).select_related("theme", "contribution", "project").first()
    if row is None:
        raise Http404
    return row


def _subject(request: HttpRequest, project: Project) -> tuple[Theme | None, Contribution | None]:
    try:
        if "theme" in request.GET:
            return theme_of(project, UUID(request.GET["theme"])), None
        card = Contribution.objects.filter(project=project, uid=UUID(request.GET.get("card", ""))).first()
    except ValueError:
        raise Http404 from None
    if card is None:
        raise Http404
    return None, card
