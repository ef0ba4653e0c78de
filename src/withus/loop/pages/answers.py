"""Writing an answer, publishing it after a last look, and its promise."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from withus.charter.models import Decision
from withus.live.asks import seen
from withus.live.cards import card_of
from withus.live.models import GONE, Contribution, Learned
from withus.loop import actions, asks
from withus.loop.forms import AnswerForm, RedateForm
from withus.loop.keepers import without_power
from withus.loop.listeners import listens, owe_and_listen
from withus.loop.models import Answer, AnswerVersion, Theme
from withus.loop.models_of_answers import StillSo
from withus.loop.named import name_under, who_may_be_named
from withus.loop.open_again import wanted_read
from withus.loop.pages.themes import frame, theme_of, ticked
from withus.loop.quoting import SHOWN as MOST_SHOWN
from withus.loop.quoting import Quoted, quoted_without_a_yes
from withus.loop.refusals import DraftChangedMeanwhile, PeoplesOwnWords
from withus.loop.spoken_to import came_later
from withus.loop.tone import CHECKLIST, Text, hints
from withus.projects import day
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused


@dataclass(frozen=True)
class About:
    """What an answer speaks to: one of the three."""

    theme: Theme | None = None
    card: Contribution | None = None
    learned: Learned | None = None

    def as_fields(self) -> dict[str, Any]:  # Any: a model's own fields
        return {"theme": self.theme, "contribution": self.card, "learned": self.learned}

    def cards(self) -> list[Contribution]:
        """What people said, beside the form."""
        if self.theme is None:
            return [self.card] if self.card else []
        return list(seen(Contribution.objects.filter(placements__theme=self.theme).order_by("seq"))[:30])


AT_ONCE = 50
"""Cards that somebody reads in one go before their answer goes out."""
WRITTEN = [name for name in AnswerForm.base_fields if name != "version"]


@require_http_methods(["GET", "POST"])
@team_page()
def new(request: HttpRequest, project: Project) -> HttpResponse:
    """Begin an answer to `?theme=`, `?card=` or `?learned=`; goes on with the one that is there."""
    about = _subject(request, project)
    there = Answer.objects.filter(project=project, **about.as_fields()).first()
    if there is not None and request.method == "GET":
        return redirect("loop:edit_answer", project.address, there.uid)
    form = AnswerForm(request.POST or None, initial={"body": project.organisation.name, "version": 0})
    return _write(request, project, form, about, answer=there)


@require_http_methods(["GET", "POST"])
@team_page()
def edit(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """Change the draft; or write the next version of what is published. Of two who write, neither loses their text."""
    answer = answer_of(project, uid)
    latest = AnswerVersion.objects.filter(answer=answer).order_by("-number").first()
    initial = _initial(latest) if latest else {}
    if latest is not None and latest.published_at is not None:
        initial["redated_because"] = ""
    form = AnswerForm(request.POST or None, initial=initial | {"version": answer.version})
    return _write(request, project, form, About(answer.theme, answer.contribution, answer.learned), answer=answer)


def _write(
    request: HttpRequest, project: Project, form: AnswerForm, about: About, *, answer: Answer | None
) -> HttpResponse:
    decisions = list(Decision.objects.filter(project=project, removed_at=None).exclude(decider=""))
    named = who_may_be_named(project)
    form.offer(decisions, named)
    theirs = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        said["version"] = said["version"] or 0
        if answer is not None and not form.has_changed() and not actions.has_draft(answer):
            messages.info(request, _("Nothing was changed, so nobody is told anything new."))
            return redirect("loop:publish", project.address, answer.uid)
        said["decision"] = next((one for one in decisions if str(one.uid) == said["decision"]), None)
        said["named"] = next((one for one, _name in named if str(one.pk) == said["named"]), None)
        try:
            kept = actions.draft_answer(project, **about.as_fields(), **said, by=by(request), now=timezone.now())
            return redirect("loop:publish", project.address, kept.uid)
        except DraftChangedMeanwhile as clash:
            theirs = clash.theirs
            form.data = {**request.POST.dict(), "version": str(clash.version)}
            form.add_error(None, str(clash.sentence))
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    latest = AnswerVersion.objects.filter(answer=answer).order_by("-number").first() if answer else None
    promise = asks.published(answer) if answer else None
    context = frame(project) | {
        "form": form,
        "about": about,
        "cards": about.cards(),
        "theirs": theirs,
        "promise": promise,
        "day_passed": _day_passed(project, promise),
        "checklist": CHECKLIST,
        "hints": _hints(latest) if latest else [],
        "listens": listens(by(request), project),
        "no_power": without_power(latest) if latest and latest.published_at is None else "",
        "no_name": not named,
    }
    return render(request, "loop/answer_form.html", context, status=422 if form.errors else 200)


def _initial(latest: AnswerVersion) -> dict[str, Any]:  # Any: what a form begins with
    initial = {name: getattr(latest, name) for name in WRITTEN}
    initial["decision"] = str(latest.decision.uid) if latest.decision else ""
    initial["named"] = str(latest.named_id or "")
    return initial


def _hints(version: AnswerVersion) -> list[str]:
    return hints(Text(version.we_heard, version.we_do, version.because, version.meanwhile))


@require_http_methods(["GET", "POST"])
@team_page()
def publish(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """A last look: the answer as people will read it, and how many it reaches."""
    answer = answer_of(project, uid)
    refusal = ""
    if request.method == "POST":
        if request.POST.get("do") == "read":
            mine = actions.cards_of(answer).order_by().values("pk")
            shown = ticked(request, project).filter(pk__in=mine)
            actions.cards_read(project, contributions=shown, by=by(request), now=timezone.now())
            return redirect("loop:publish", project.address, answer.uid)
        try:
            if request.POST.get("do") == "later":
                actions.tell_who_came_later(answer, by=by(request), now=timezone.now())
                messages.success(request, _("They are told, each in their own way. Nobody is told twice."))
                return redirect("loop:publish", project.address, answer.uid)
            read = request.POST.get("version", "")
            version = int(read) if read.isdecimal() and len(read) < 9 else None
            ticked_off = request.POST.getlist("not_theirs")
            actions.publish(answer, by=by(request), now=timezone.now(), version=version, not_theirs=ticked_off)
            messages.success(request, _("Published. Each person is told in their own way."))
            return redirect("loop:themes", project.address)
        except Refused as refused:
            refusal = str(refused.sentence)
    latest = AnswerVersion.objects.filter(answer=answer).order_by("-number").first()
    is_published = latest is not None and latest.published_at is not None
    draft = None if is_published else latest
    cards = actions.reached_by(answer)
    unread = actions.unread(actions.cards_of(answer)).select_related("media", "workshop")
    answer.refresh_from_db(fields=["version"])
    context = frame(project) | {
        "answer": answer,
        "version": latest,
        "cards": cards.count(),
        "people": cards.order_by().exclude(person=None).values("person").distinct().count(),
        "is_published": is_published,
        "refusal": refusal,
        "unread": [(one, card_of(one, address=project.address)) for one in unread[:AT_ONCE]],
        "unread_in_all": unread.count(),
        "hints": _hints(draft) if draft else [],
        "name": name_under(latest),
        "quoted": quoted_without_a_yes(draft)[:MOST_SHOWN] if draft else [],
        "not_theirs": request.POST.getlist("not_theirs"),
        "listen": owe_and_listen(draft, by=by(request)) if draft else [],
        "no_power": without_power(draft) if draft else "",
        "reopened": is_published and _is_open_again(answer),
        "wrote": wanted_read(answer, now=timezone.now()) if is_published else [],
        "came_later": came_later(answer).count() if is_published else 0,
        "day_passed": _day_passed(project, latest),
        "not_so": StillSo.objects.filter(answer=answer, so=False).exists(),
    }
    return render(request, "loop/publish.html", context, status=409 if refusal else 200)


@require_http_methods(["GET", "POST"])
@team_page()
def redate(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    answer = answer_of(project, uid)
    form, quoted = RedateForm(request.POST or None), list[Quoted]()
    not_theirs = request.POST.getlist("not_theirs")
    if request.method == "POST" and form.is_valid():
        try:
            actions.redate(answer, **form.cleaned_data, by=by(request), now=timezone.now(), not_theirs=not_theirs)
            return redirect("loop:themes", project.address)
        except PeoplesOwnWords as refusal:
            quoted = [*refusal.found]
            form.add_error(None, str(refusal.sentence))
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    version = asks.published(answer)
    context = frame(project) | {"answer": answer, "version": version, "form": form}
    context |= {"day_passed": _day_passed(project, version), "quoted": quoted, "not_theirs": not_theirs}
    return render(request, "loop/redate.html", context, status=422 if form.errors else 200)


@require_POST
@team_page()
def kept(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    now, answer = timezone.now(), answer_of(project, uid)
    try:
        actions.keep_promise(answer, on=day.of(project, now), by=by(request), now=now)
    except Refused as refusal:
        version = asks.published(answer)
        if version is not None and version.kept_on is not None:
            return redirect("loop:themes", project.address)
        return render(request, "ui/refused.html", {"sentence": refusal.sentence}, status=409)
    return redirect("loop:themes", project.address)


def _day_passed(project: Project, version: AnswerVersion | None) -> bool:
    """A published promise that is late: it can be kept or answered anew, and gets no new day."""
    if version is None or version.published_at is None or version.promised_on is None or version.kept_on is not None:
        return False
    return day.is_late(project, version.promised_on, timezone.now())


def answer_of(project: Project, uid: UUID) -> Answer:
    row = (
        Answer.objects.filter(project=project, uid=uid)
        .select_related("theme", "contribution", "learned__workshop", "project")
        .first()
    )
    if row is None:
        raise Http404
    return row


def _is_open_again(answer: Answer) -> bool:
    """Somebody is owed an answer again after this one. Never who, nor what they said."""
    if answer.learned_id:
        return bool(asks.said_no_to([answer]))
    cards = actions.cards_of(answer).order_by().values("pk")
    return asks.still_owed().filter(contribution__in=cards, reopened_at__isnull=False).exists()


def _subject(request: HttpRequest, project: Project) -> About:
    try:
        if "theme" in request.GET:
            return About(theme=theme_of(project, UUID(request.GET["theme"])))
        if "learned" in request.GET:
            rows = Learned.objects.filter(workshop__project=project, uid=UUID(request.GET["learned"]))
            learned = rows.select_related("workshop").first()
            if learned is not None:
                return About(learned=learned)
        card = Contribution.objects.filter(project=project, uid=UUID(request.GET.get("card", ""))).first()
    except ValueError:
        raise Http404 from None
    if card is None or card.state in GONE:
        raise Http404
    return About(card=card)
