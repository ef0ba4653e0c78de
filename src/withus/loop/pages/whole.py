"""All our answers to a person on one page, and one question for the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.live.models import CardState, Contribution
from withus.loop import actions, asks
from withus.loop.changes import changed_since_told
from withus.loop.forms import ConfirmForm
from withus.loop.given import given_by, learned_where
from withus.loop.models import FIVE, Answer, AnswerVersion, Confirmation, Says
from withus.loop.named import name_under
from withus.loop.pages.mine import framed
from withus.loop.wordings import Worded, all_of, for_person
from withus.people import here
from withus.people.models import Person
from withus.people.pages.link import to_words
from withus.projects.access import open_page
from withus.projects.models import Project
from withus.projects.refused import Refused


@dataclass(frozen=True)
class Answered:
    """One answer as they read it. `said`: what they told us of this wording, if they did."""

    version: AnswerVersion
    cards: Sequence[Contribution]
    text: Worded
    changes: list[str]
    name: str
    said: Confirmation | None

    @property
    def key(self) -> str:
        """Which wording this is: what is pressed counts for what was read."""
        return f"{self.version.answer.uid}:{self.version.number}"


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def whole(request: HttpRequest, project: Project) -> HttpResponse:
    """What is said here counts for each of those answers of which they had said nothing yet, and that stood on the page as they pressed."""
    person = here.person_here(request, project)
    if person is None:
        return to_words(request, project, "because")
    form = ConfirmForm(request.POST or None)
    form.fields["because"].help_text = _("You can leave this empty. Only you see it here.")
    rows = [] if person.erasing_at else answers_to(person, project)
    open_ = [one for one in rows if one.said is None]
    if request.method == "POST" and form.is_valid():
        read = set(request.POST.getlist("answer"))
        meant = [one.version.answer for one in open_ if one.key in read]
        done = [one for one in rows if one.key in read and _said_so(one, form.cleaned_data)]
        try:
            _confirm(person, meant, form.cleaned_data)
            if not meant and not done and form.cleaned_data["says"] != Says.STOP:
                raise Refused(_("They have changed since, or you have told us of them. Look again."))
            if len(meant) + len(done) < len(read):
                messages.success(request, _("One of them has changed since, or you have told us of it. Look again."))
            else:
                messages.success(request, _("Thank you. You can change it at any time."))
            return redirect("loop:whole", project.address)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    said = ngettext(
        "About the one answer of which you have told us nothing yet.",
        "About all %(n)s answers together of which you have told us nothing yet.",
        len(open_),
    ) % {"n": len(open_)}
    context = framed(project, person) | {
        "rows": rows,
        "open": open_,
        "form": form,
        "says": FIVE,
        "for_all": said,
        "lost": form["because"].value() if form.errors and not open_ else "",
    }
    return render(request, "loop/whole.html", context, status=422 if form.errors else 200)


def _said_so(one: Answered, said: dict[str, Any]) -> bool:  # Any: a form's own
    """A second press of the same."""
    return one.said is not None and (one.said.says, one.said.because) == (said["says"], said["because"])


def _confirm(person: Person, answers: list[Answer], said: dict[str, Any]) -> None:  # Any: a form's own
    """Who wants no more letters gets none, also where nothing on their page is open any more."""
    if said["says"] == Says.STOP and not answers:
        actions.stop_writing(person, now=timezone.now())
        return
    actions.confirm_all(person, answers=answers, says=said["says"], because=said["because"], now=timezone.now())


def answers_to(person: Person, project: Project) -> list[Answered]:
    """In the order of their cards, the oldest first; an answer to several of them once."""
    given = given_by(person, project)
    cards: dict[int, list[Contribution]] = {}
    answers: dict[int, Answer] = {}
    for one in reversed(given):
        for answer in one.answers:
            answers.setdefault(answer.pk, answer)
            if one.card.state != CardState.WITHDRAWN:
                cards.setdefault(answer.pk, []).append(one.card)
    answers |= {one.pk: one for one in learned_where(given, project)}
    last: dict[int, Confirmation] = {}
    for said in Confirmation.objects.filter(person=person, answer__in=answers).order_by("pk"):
        last[said.answer_id] = said
    rows = []
    for answer in answers.values():
        version = asks.published(answer)  # query -- a person's few answers
        if version is not None:
            answer.project = project
            version.answer = answer
            rows.append(as_read(version, person, cards=cards.get(answer.pk, []), last=last.get(answer.pk)))
    return rows


def as_read(
    version: AnswerVersion, person: Person, *, cards: Sequence[Contribution] = (), last: Confirmation | None = None
) -> Answered:
    """
    All that stands on their own page: in Easy Read for who asked for that, else in their language where it is written in it. `last`: what
    they said of this answer last, perhaps of an older wording.
    """
    newer = last is not None and version.published_at is not None and last.at < version.published_at
    return Answered(
        version,
        cards,
        for_person(person, all_of(version)),
        changed_since_told(version, person),
        name_under(version),
        None if newer else last,
    )
