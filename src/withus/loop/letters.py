"""
Letters on paper for those who chose post: one for each person, with all that waits for them, in their language.

The same sheet becomes the page to print and the PDF, so that neither says what the other does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from withus.live.models import Contribution
from withus.loop import actions
from withus.loop.changes import changed_since_told
from withus.loop.envelope import lines_of
from withus.loop.models import FIVE, SIXTH, STILL_SO, Telling, Told
from withus.loop.wordings import all_of, for_person
from withus.people import link
from withus.people.called import name_of
from withus.people.models import Person, WayKind
from withus.people.sealed import unseal_text
from withus.people.staying import staying
from withus.people.tongue import as_they_read
from withus.projects import day
from withus.projects.lasting import lasting
from withus.projects.models import Project
from withus.record.chain import head_code
from withus.record.models import Head
from withus.ui import qrcode

AT_ONCE = 200
"""People in one go: a printer's tray and a person's patience."""
MOST_QUOTED = 3


@dataclass(frozen=True)
class Round:
    """What waits for one person to be posted."""

    person: Person
    tellings: tuple[Telling, ...]
    address: str


def waiting(project: Project, *, only: Sequence[UUID] | None = None) -> list[Round]:
    """Oldest first, at most `AT_ONCE` people; nobody whose address is known to fail. `only`: of these tellings."""
    rows = Telling.objects.filter(
        staying("person__"), person__project=project, way=WayKind.POST, state__in=(Told.WAITING, Told.FAILED)
    )
    if only is not None:
        rows = rows.filter(uid__in=only)
    rows = rows.select_related(
        "person__name", "person__project__organisation", "version__answer__theme", "version__answer__project"
    )
    held: dict[int, list[Telling]] = {}
    for telling in rows.prefetch_related("person__ways").order_by("pk"):
        held.setdefault(telling.person_id, []).append(telling)
    rounds = []
    for tellings in held.values():
        person = tellings[0].person
        ways = [way for way in person.ways.all() if way.kind == WayKind.POST and way.bounced_at is None and way.sealed]
        if ways:
            rounds.append(Round(person, tuple(tellings), unseal_text(ways[0].sealed)))
    return rounds[:AT_ONCE]


def sheets(project: Project, rounds: Sequence[Round]) -> list[dict[str, Any]]:  # Any: what goes into JSON and templates
    head = Head.objects.get(project=project)
    code = head_code(head.seq, head.hash)
    return [_sheet(project, one, code=code) for one in rounds]


def _sheet(project: Project, one: Round, *, code: str) -> dict[str, Any]:  # Any: as above
    person, organisation = one.person, project.organisation
    address = lasting(organisation)
    own_link = link.taken_home(person)
    with as_they_read(person):
        name = name_of(person)
        ways = []
        if address:
            typed = f"{address}/at/{project.address}/words"
            ways.append(
                _("Point a phone at the square. Or type %(address)s and say your four words.") % {"address": typed}
            )
        if organisation.telephone:
            ways.append(_("Or ring us: %(telephone)s.") % {"telephone": organisation.telephone})
        return {
            "language": translation.get_language(),
            "right_to_left": translation.get_language_bidi(),
            "sender": [organisation.name, *([organisation.telephone] if organisation.telephone else [])],
            "to": list(lines_of(one.address, person)),
            "date": date_format(day.of(project, timezone.now()), "j F Y"),
            "greeting": _("Dear %(name)s,") % {"name": name} if name else _("Hello,"),
            "title": project.title,
            "opening": _("You gave us something. This is what became of it."),
            "answers": [_answer(person, telling) for telling in _newest(one.tellings)],
            "question": _("Do you know now what happened to what you said?"),
            "only_you": _("Only you can say. You do not have to. Tick one, cut here, and send it back or hand it in."),
            "or_there": _("Or say it on your own page."),
            "more": _("If you like, say more:"),
            "beside": _("If I do not agree, my words may stand beside the answer."),
            "reply_label": _("Number of this slip (it opens nothing):"),
            "ways": ways,
            "words_label": _("Your four words:"),
            "words": link.speakable(person),
            "qr": qrcode.drawing(own_link) if own_link else None,
            "link": own_link,
            "code": _("Record: %(code)s") % {"code": code},
        }


def _newest(tellings: Sequence[Telling]) -> list[Telling]:
    """Of two wordings of one answer that both wait, the newer one: nobody has read the older."""
    newest: dict[int, Telling] = {}
    for telling in sorted(tellings, key=lambda one: one.version.number):
        newest[telling.version.answer_id] = telling
    return [telling for telling in tellings if newest[telling.version.answer_id] is telling]


def _answer(person: Person, telling: Telling) -> dict[str, Any]:  # Any: as above
    version = telling.version
    text = for_person(person, all_of(version))
    cards = _own(person, telling)
    ticks = [*FIVE, SIXTH] if actions.may_end_on_paper(telling) else FIVE
    learned = version.answer.learned
    title = _("What we learned in “%(title)s”:") % {"title": learned.workshop.title} if learned else ""
    lines = [
        *([[title, learned.words]] if learned else []),
        [_("What we heard:"), text.we_heard],
        [f"{version.get_outcome_display()}:", text.we_do],
        [_("Because:"), text.because],
    ]
    if version.waits_for:
        lines += [[_("It waits for:"), version.waits_for], [_("Meanwhile:"), text.meanwhile]]
    if version.decided_by:
        lines.append([_("Decided by:"), version.decided_by])
    if version.redated_because:
        lines.append([_("The day moved, because:"), version.redated_because])
    if version.kept_on:
        lines.append([_("Kept on:"), date_format(version.kept_on, "j F Y")])
    elif version.promised_on:
        lines.append([_("By when:"), date_format(version.promised_on, "j F Y")])
    lines.append([_("Who says so:"), version.body])
    return {
        "said_label": _("You said:"),
        "said": [{"words": card.words, "mark": card.mark} for card in cards],
        "changes_label": _("What has changed since we last told you:"),
        "changes": changed_since_told(version, person),
        "lines": lines,
        "about": text.we_do,
        "still": _still(telling),
        "ticks": [str(label) for _value, label in ticks],
        "reply": link.reply(telling.uid),
    }


def _still(telling: Telling) -> dict[str, Any] | None:  # Any: as above
    """A second slip, of a promise that was kept. Before its day it is kept at home: for who has paper only, no other letter asks."""
    on = actions.asked_on_paper(telling)
    if on is None:
        return None
    when = _("Only you can say. You do not have to. Tick one, cut here, and send it back or hand it in.")
    if day.of(telling.person.project, timezone.now()) < on:
        when = _("Keep this slip till %(day)s. Then tick one, and send it back or hand it in. You do not have to.")
        when %= {"day": date_format(on, "j F Y")}
    return {"question": _("Is it still so?"), "when": when, "ticks": [str(label) for _value, label in STILL_SO]}


def _own(person: Person, telling: Telling) -> list[Contribution]:
    mine = Q(person=person) | Q(with_persons=person)
    rows = actions.cards_of(telling.version.answer).filter(mine).exclude(words="").distinct()
    return list(rows[:MOST_QUOTED])
