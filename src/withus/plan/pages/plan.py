"""The workshops of a project, and the plan of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from withus.findings import asks as findings
from withus.findings import proposal
from withus.plan import actions, asks, spots
from withus.plan.forms import BlockForm
from withus.plan.models import Block, BlockKind
from withus.projects import sending
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.projects.sections import sections
from withus.table.models import Workshop
from withus.table.pages.workshops import workshop_of

FILLS = {
    BlockKind.VENTING: "x-vent",
    BlockKind.BREAK: "x-break",
    BlockKind.SLACK: "x-slack",
    BlockKind.PARKED_SUBJECTS: "x-park",
    BlockKind.WELCOME: "x-info",
    BlockKind.INFORMATION: "x-info",
    BlockKind.CLOSING: "x-info",
}
SUMS: tuple[tuple[str | Promise, frozenset[str]], ...] = (
    (_("What people came to say"), frozenset({BlockKind.VENTING})),
    (
        _("Work"),
        frozenset(
            {
                BlockKind.ACTIVITY,
                BlockKind.DISCUSSION,
                BlockKind.DECISION,
                BlockKind.REPORT_BACK,
                BlockKind.INFORMATION,
            }
        ),
    ),
    (_("Breaks"), frozenset({BlockKind.BREAK})),
    (_("Parked subjects"), frozenset({BlockKind.PARKED_SUBJECTS})),
    (_("Welcome and end"), frozenset({BlockKind.WELCOME, BlockKind.CLOSING})),
    (_("Spare"), frozenset({BlockKind.SLACK})),
)


@dataclass(frozen=True)
class Bar:
    """One part of the picture of where the time goes, in per cent of the whole."""

    fill: str
    x: float
    width: float


@team_page()
def plans(request: HttpRequest, project: Project) -> HttpResponse:
    """All workshops of the project with how far each is."""
    workshops = list(Workshop.objects.filter(project=project))
    rows = [(workshop, *_state(workshop)) for workshop in workshops]
    return render(request, "plan/plans.html", _frame(project) | {"rows": rows})


@team_page()
def plan(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """The parts of one workshop with their times, and what the checker sees in them."""
    workshop = workshop_of(project, uid)
    blocks = asks.blocks(workshop)
    beside = findings.of_workshop(project, workshop.pk)
    context = _frame(project) | {
        "workshop": workshop,
        "timed": [(one, spots.at_block(beside, one.block)) for one in asks.timed(workshop, blocks)],
        "total": asks.total(workshop, blocks),
        "bars": list(bars(blocks)),
        "sums": [(name, sum(b.minutes for b in blocks if b.kind in kinds)) for name, kinds in SUMS],
        "dropped": Block.objects.filter(workshop=workshop, dropped=True),
        "beside": beside,
    }
    return render(request, "plan/plan.html", context)


@team_page()
def printed(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """The plan on one page of paper."""
    workshop = workshop_of(project, uid)
    blocks = asks.blocks(workshop)
    context = {
        "project": project,
        "workshop": workshop,
        "timed": asks.timed(workshop, blocks),
        "total": asks.total(workshop, blocks),
    }
    return render(request, "plan/print.html", context)


@require_http_methods(["GET", "POST"])
@team_page()
def add(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    workshop = workshop_of(project, uid)
    initial = {"minutes": 15} | proposal.fields(proposal.of(request, project))
    form = BlockForm(request.POST or None, project=project, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            number = sending.number(request, project)
            actions.add_block(workshop, **form.for_action(), by=by(request), now=timezone.now(), uid=number)
            return redirect("plan:workshop", project.address, workshop.uid)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    return _form(request, project, workshop, form)


@require_http_methods(["GET", "POST"])
@team_page()
def change(request: HttpRequest, project: Project, uid: UUID, block: UUID) -> HttpResponse:
    workshop = workshop_of(project, uid)
    row = _block(workshop, block)
    initial = {"version": row.version} | proposal.fields(proposal.of(request, project))
    form = BlockForm(request.POST or None, instance=row, project=project, initial=initial)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            fresh = _block(workshop, block)
            actions.change_block(fresh, version=version, **form.for_action(), by=by(request), now=timezone.now())
            return redirect("plan:workshop", project.address, workshop.uid)
        except actions.ChangedMeanwhile as clash:
            theirs = clash.block
            form.data = {**request.POST.dict(), "version": str(theirs.version)}
            form.add_error(None, str(clash.sentence))
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    return _form(request, project, workshop, form, row=row, theirs=theirs)


@require_POST
@team_page()
def move(request: HttpRequest, project: Project, uid: UUID, block: UUID) -> HttpResponse:
    """
    Up, down, out of the plan, or back into it: one press, and the other one undoes it. Up and down say from where, so that a press that
    comes twice or too late does not move the part once more.
    """
    workshop = workshop_of(project, uid)
    row = _block(workshop, block)
    staff, now = by(request), timezone.now()
    place = sending.counted(request, "from")
    try:
        match request.POST.get("to"):
            case "up":
                actions.move_block(row, to=place - 1, seen=place, by=staff, now=now)
            case "down":
                actions.move_block(row, to=place + 1, seen=place, by=staff, now=now)
            case "out":
                actions.remove_block(row, by=staff, now=now)
            case "back":
                actions.put_back(row, by=staff, now=now)
    except actions.MovedMeanwhile as meanwhile:
        messages.warning(request, str(meanwhile.sentence))
    except Refused as refusal:
        back = {"back_url": reverse("plan:workshop", args=[project.address, workshop.uid])}
        return render(request, "ui/refused.html", {"sentence": refusal.sentence, **back}, status=409)
    return redirect("plan:workshop", project.address, workshop.uid)


def bars(blocks: Sequence[Block]) -> Sequence[Bar]:
    """Shares of the whole, for the picture; the numbers stand beside it in words."""
    whole = sum(block.minutes for block in blocks) or 1
    drawn, x = [], 0.0
    for block in blocks:
        width = 100 * block.minutes / whole
        drawn.append(Bar(FILLS.get(BlockKind(block.kind), "x-do"), round(x, 2), round(width, 2)))
        x += width
    return drawn


def _block(workshop: Workshop, uid: UUID) -> Block:
    block = Block.objects.filter(workshop=workshop, uid=uid).select_related("workshop__project").first()
    if block is None:
        raise Http404
    return block


def _state(workshop: Workshop) -> tuple[str | Promise, str]:
    return workshop.get_state_display(), {"planned": "sky", "open": "leaf"}.get(workshop.state, "")


def _frame(project: Project) -> dict[str, Any]:  # Any: a template context
    return {"project": project, "sections": sections(project, here="plan"), "section": "plan"}


def _form(
    request: HttpRequest,
    project: Project,
    workshop: Workshop,
    form: BlockForm,
    *,
    row: Block | None = None,
    theirs: Block | None = None,
) -> HttpResponse:
    context = _frame(project) | {
        "workshop": workshop,
        "form": form,
        "part": row,
        "theirs": theirs,
        "sent_once": sending.once(request),
        "proposed": proposal.of(request, project),
    }
    return render(request, "plan/block.html", context, status=200 if not form.errors else 422)
