"""A card that somebody wrote on paper, entered as it is; and the slip with four words that goes back to them."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.accounts.models import Staff
from withus.charter.models import Charter
from withus.live import actions
from withus.live.models import Contribution, MaySee
from withus.live.pages.receipt import answer_by
from withus.people import link
from withus.people.called import name_of
from withus.people.models import Person
from withus.people.staying import staying
from withus.projects import day
from withus.projects.access import by, team_page
from withus.projects.lasting import lasting
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.projects.sections import sections
from withus.projects.sole import sole
from withus.record.chain import head_code
from withus.record.models import Entry
from withus.table import actions as table


class PaperForm(forms.Form):
    """Only who answers sees a card from paper, unless its writer ticked more on the paper itself."""

    whose = forms.ChoiceField(label=gettext_lazy("Whose card is it?"))
    words = forms.CharField(
        label=gettext_lazy("What does it say? Word for word."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20_000,
    )
    sent_once = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: object, people: list[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # fields by name
        field = self.fields["whose"]
        assert isinstance(field, forms.ChoiceField)
        named = sorted(((str(one.uid), name_of(one)) for one in people), key=lambda one: one[1].casefold())
        field.choices = [("new", _("Somebody who is not on the list")), *named]


@never_cache
@require_http_methods(["GET", "POST"])
@team_page()
def paper(request: HttpRequest, project: Project) -> HttpResponse:
    rows = Person.objects.filter(staying(), project=project, name__isnull=False)
    people = list(rows.select_related("name"))
    form = PaperForm(request.POST or None, people=people, initial={"whose": "new", "sent_once": uuid4().hex})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            card = _enter(project, said, people, by=by(request))
            text = _("Entered. Its mark is %(mark)s: write it on the paper.") % {"mark": card.mark}
            messages.success(request, text)
            return redirect("live:paper_slip", project.address, card.mark)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
    context = {"project": project, "sections": sections(project, here="live"), "section": "live", "form": form}
    return render(request, "live/paper.html", context, status=422 if form.errors else 200)


def _enter(project: Project, said: dict[str, str], people: list[Person], *, by: Staff) -> Contribution:
    now = timezone.now()
    person = next((one for one in people if str(one.uid) == said["whose"]), None)
    return actions.add_from_paper(
        project, person=person, words=said["words"], sent_once=said["sent_once"], by=by, now=now
    ).contribution


@never_cache
@require_http_methods(["GET", "POST"])
@team_page()
def paper_slip(request: HttpRequest, project: Project, mark: str) -> HttpResponse:
    """
    The slip for whoever wrote it, by a press, because it opens their page and so stands on the record. Only for cards from paper: everybody
    else has theirs on their own screen.
    """
    rows = Contribution.objects.filter(project=project, mark=mark, entered_by__isnull=False, may_see=MaySee.ANSWERERS)
    card = sole(rows.select_related("person"))
    if card is None or card.person is None or card.person.erasing_at is not None:
        raise Http404
    card.person.project = project
    made = request.method == "POST" and table.slips_made(
        project, persons=[card.person], by=by(request), now=timezone.now()
    )
    if not made:
        context = {"project": project, "sections": sections(project, here="live"), "section": "live", "card": card}
        return render(request, "live/paper_slip.html", context)
    entry = sole(Entry.objects.filter(project=project, seq=card.seq))
    address = lasting(project.organisation)
    charter = sole(Charter.objects.filter(project=project))
    by_day = answer_by(project, card, charter)
    context = {
        "project": project,
        "card": card,
        "from_paper": True,
        "charter": charter,
        "answer_by": by_day,
        "passed": by_day < day.of(project, timezone.now()),
        "words": link.speakable(card.person).split(),
        "short_address": f"{address}/at/{project.address}/words" if address else "",
        "link_address": link.taken_home(card.person),
        "code": head_code(entry.seq, entry.hash) if entry else "",
    }
    return render(request, "live/slip.html", context)
