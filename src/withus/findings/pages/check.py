"""`/check`: a plan is judged for whoever asks, without an account. Nothing of it is kept, and no cookie but the form's is set."""

import time
from collections import OrderedDict, deque
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from withus.facts.bad_file import BadFile
from withus.facts.load import LARGEST_FILE, begun, loads
from withus.facts.project import Project
from withus.findings.asks import TONES, TRAPS, fill
from withus.findings.models import Level
from withus.findings.quick import QuickForm, as_project
from withus.people.tries import block_of
from withus.traps.judge import Verdict, judge
from withus.traps.report import in_order

A_MINUTE, MOST_A_MINUTE, MOST_REMEMBERED = 60.0, 30, 2_000


class FileForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Paste a project file"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "ltr", "spellcheck": "false", "autocapitalize": "none"}),
    )
    file = forms.FileField(label=gettext_lazy("Or choose one"), required=False, allow_empty_file=True)

    def given(self) -> bytes:
        sent = self.cleaned_data["file"]
        return begun(sent) if sent else str(self.cleaned_data["text"]).encode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class Seen:
    """One finding, ready to be read."""

    code: str
    sentence: str
    ways_out: tuple[str, ...]
    tone: str


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, QuickForm(), FileForm())
    by_file = request.POST.get("how") == "file"
    questions = QuickForm(None if by_file else request.POST)
    file = FileForm(request.POST, request.FILES) if by_file else FileForm()
    form: forms.Form = file if by_file else questions
    if not turns.taken(block_of(request), at=time.monotonic()):
        form.add_error(None, _("That was very often. Wait a minute, then send it again."))
        return _page(request, questions, file, form=form, status=429)
    if not form.is_valid():
        return _page(request, questions, file, form=form, status=422)
    if by_file:
        return _judged_file(request, questions, file)
    project = as_project(
        questions.cleaned_data, title=_("Your plan"), what=_("what you ask about"), today=timezone.localdate()
    )
    return _page(request, questions, file, form=form, project=project)


def _judged_file(request: HttpRequest, questions: QuickForm, file: FileForm) -> HttpResponse:
    """A file that cannot be read stands in the box again, also when it was chosen, so that it can be put right there."""
    raw = file.given()
    typed = raw[:LARGEST_FILE].decode("utf-8", "replace").replace("\x00", "\N{REPLACEMENT CHARACTER}")
    try:
        project = loads(raw)
    except BadFile as bad:
        for problem in bad.problems:
            file.add_error("text", problem.said("").removeprefix(": ").lstrip(":"))
        if bad.more:
            file.add_error("text", _("There are %(more)s more.") % {"more": bad.more})
        return _page(request, questions, _with_text(file, typed), form=_with_text(file, typed), status=422)
    return _page(request, questions, _with_text(file, typed), form=file, project=project)


def _with_text(file: FileForm, typed: str) -> FileForm:
    file.data = {"text": typed, "how": "file"}
    return file


def _page(
    request: HttpRequest,
    questions: QuickForm,
    file: FileForm,
    *,
    form: forms.Form | None = None,
    project: Project | None = None,
    status: int = 200,
) -> HttpResponse:
    verdict = judge(project) if project else None
    context = {
        "questions": questions,
        "file": file,
        "form": form,
        "by_file": form is file,
        "project": project,
        "traps": [(number, name, *_of_trap(verdict, number)) for number, name in TRAPS.items()] if verdict else [],
        "unknown": verdict.cannot_tell if verdict else (),
    }
    return render(request, "findings/check.html", context, status=status)


def _of_trap(verdict: Verdict, trap: int) -> tuple[list[Seen], int]:
    found = [
        Seen(
            code=each.rule,
            sentence=fill(each.sentence, each.as_row()["evidence"]),
            ways_out=tuple(fill(way, each.as_row()["evidence"]) for way in each.way_out),
            tone=TONES[Level(each.level.value)],
        )
        for each in in_order(verdict.of_trap(trap))
    ]
    return found, verdict.unknown_of_trap(trap)


class Turns:
    """How often each neighbourhood asked within the last minute: in memory only, and no longer than that."""

    def __init__(self) -> None:
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()

    def taken(self, block: str, *, at: float) -> bool:
        asked = self._asked.setdefault(block, deque(maxlen=MOST_A_MINUTE))
        self._asked.move_to_end(block)
        while len(self._asked) > MOST_REMEMBERED:
            self._asked.popitem(last=False)
        if len(asked) == MOST_A_MINUTE and at - asked[0] < A_MINUTE:
            return False
        asked.append(at)
        return True


turns = Turns()
