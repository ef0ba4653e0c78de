"""An answer beside its wordings in Easy Read and in other languages."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from withus.loop import actions, refusals
from withus.loop.forms import WordingForm
from withus.loop.models import AnswerVersion
from withus.loop.models_of_answers import AnswerWording
from withus.loop.pages.answers import answer_of
from withus.loop.pages.themes import frame
from withus.loop.quoting import Quoted
from withus.loop.wordings import LANGUAGES, all_of, outdated, seen_of
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused


@require_http_methods(["GET", "POST"])
@team_page()
def wordings(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """`?in=` opens one that is there, to put it right."""
    answer = answer_of(project, uid)
    version = AnswerVersion.objects.filter(answer=answer).select_related("answer__project").order_by("-number").first()
    if version is None:
        raise Http404
    form = WordingForm(request.POST or None, initial=_initial(version, request.GET.get("in", ""), project))
    theirs, quoted, not_theirs = None, list[Quoted](), request.POST.getlist("not_theirs")
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        key = _key(said["language"], easy=said["easy"])
        said["seen"] = _read(said["seen"], same=said.pop("seen_in") == key)
        try:
            actions.word_answer(version, **said, by=by(request), now=timezone.now(), not_theirs=not_theirs)
            messages.success(request, _("Kept. Whoever reads this language finds it on their page."))
            return redirect("loop:wordings", project.address, uid)
        except refusals.WordedMeanwhile as clash:
            theirs = clash.theirs
            form.data = {**request.POST.dict(), "seen": clash.seen, "seen_in": key}
            form.add_error(None, str(clash.sentence))
        except refusals.PeoplesOwnWords as refusal:
            quoted = [*refusal.found]
            form.add_error(None, str(refusal.sentence))
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    context = frame(project) | {
        "answer": answer,
        "version": version,
        "rows": all_of(version),
        "outdated": outdated(version),
        "form": form,
        "theirs": theirs,
        "quoted": quoted,
        "not_theirs": not_theirs,
    }
    return render(request, "loop/wordings.html", context, status=422 if form.errors else 200)


def _initial(version: AnswerVersion, key: str, project: Project) -> dict[str, Any]:  # Any: what a form begins with
    language, easy = (key.removesuffix("-easy"), key.endswith("-easy")) if key else (project.language, True)
    row = AnswerWording.objects.filter(version=version, language=language, easy=easy).first()
    texts = {name: getattr(row, name) for name in ("we_heard", "we_do", "because", "meanwhile")} if row else {}
    language = language if language in LANGUAGES else project.language
    seen = {"seen": seen_of(version, row), "seen_in": _key(language, easy=easy)}
    return {"language": language, "easy": easy, **texts, **seen}


def _read(seen: str, *, same: bool) -> str | None:
    """What the writer read; of another language than the page showed, the original only. None where the page did not say."""
    original, _dot, _row = seen.partition(".")
    return (seen if same else f"{original}.") if seen else None


def _key(language: str, *, easy: bool) -> str:
    return f"{language}-easy" if easy else language
