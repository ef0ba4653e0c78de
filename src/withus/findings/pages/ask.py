"""What a way out needs of somebody else: a question to them, drafted, that the facilitator sends or copies."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from withus.accounts.models import Staff
from withus.findings import actions, proposal
from withus.findings.forms import QuestionForm
from withus.findings.pages.findings import finding_here
from withus.people.called import name_of
from withus.people.models import HowOften, Person, WayKind
from withus.people.staying import staying
from withus.projects.access import by, team_page
from withus.projects.models import Part, Project, Team
from withus.projects.refused import Refused
from withus.projects.sections import sections


@require_http_methods(["GET", "POST"])
@team_page()
def ask(request: HttpRequest, project: Project, rule: str) -> HttpResponse:
    where, finding = finding_here(request, project, rule)
    proposed = proposal.of(request, project)
    draft = proposal.fields(proposed)
    whom = whom_to_ask(project, first=str(draft.get("to", "")))
    choices = [(key, name) for key, name, _who in whom]
    initial = {"uid": QuestionForm.fresh(), "words": draft.get("words", ""), "to": choices[0][0] if choices else ""}
    form = QuestionForm(request.POST or None, whom=choices, initial=initial)
    if request.method == "POST" and form.is_valid() and form.may_be_read(request, project, form.cleaned_data["words"]):
        said = form.cleaned_data
        to = next((who for key, _name, who in whom if key == said["to"]), None)
        try:
            actions.ask(
                project,
                uid=said["uid"],
                rule=rule,
                where=where,
                words=said["words"],
                to=to,
                by=by(request),
                now=timezone.now(),
            )
            messages.success(request, _("Asked. It goes out by e-mail now."))
            return redirect("findings:findings", project.address)
        except Refused as refusal:
            form.add_error("words", str(refusal.sentence))
    context = {
        "project": project,
        "sections": sections(project, here="charter"),
        "section": "charter",
        "form": form,
        "found": [finding],
        "read_only": True,
        "proposed": proposed,
        "nobody": not whom,
    }
    return render(request, "findings/ask.html", context, status=422 if form.errors else 200)


def whom_to_ask(project: Project, *, first: str = "") -> list[tuple[str, str, Staff | Person]]:
    """
    Who decides, who co-leads, who is the safe person: those on the team but no facilitator, and co-leads who chose e-mail. Who is wanted by
    the way out stands first. Never anybody for what they lived through.
    """
    order = [first, Part.DECISION_MAKER, Part.CO_LEAD, Part.SAFEGUARDING]
    team = Team.objects.filter(project=project, staff__is_active=True).exclude(part=Part.FACILITATOR)
    rows: list[tuple[str, str, str, Staff | Person]] = [
        (
            one.part,
            f"staff:{one.staff.uid}",
            _("%(name)s, %(part)s") % {"name": one.staff.name, "part": one.get_part_display()},
            one.staff,
        )
        for one in team.select_related("staff").order_by("pk")
    ]
    leads = Person.objects.filter(
        staying(), Q(ways__kind=WayKind.EMAIL, ways__chosen=True, ways__bounced_at=None), project=project, co_lead=True
    )
    leads = leads.exclude(wish__how_often=HowOften.NEVER).exclude(staff__in=[one.staff for one in team])
    for person in leads.select_related("name").order_by("pk"):
        called = name_of(person) or _("without a name")
        rows.append((Part.CO_LEAD, f"person:{person.uid}", _("%(name)s, co-lead") % {"name": called}, person))
    ranked = sorted(rows, key=lambda row: order.index(row[0]))
    kept: dict[str, tuple[str, str, Staff | Person]] = {}
    for _part, key, called, who in ranked:
        kept.setdefault(key, (key, called, who))
    return list(kept.values())
