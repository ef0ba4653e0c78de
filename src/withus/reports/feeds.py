"""News and data of a project for other sites: the same as its public page says, nothing more. The shape of the JSON is documented."""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from withus.charter import asks as charter
from withus.loop import counting, in_public, timeline
from withus.loop.in_public import InPublic, Said
from withus.loop.models import AnswerVersion
from withus.loop.models_of_closing import Turning
from withus.loop.pages import public
from withus.projects import day
from withus.projects.lasting import lasting
from withus.projects.models import Project

FORMAT = 1
"""Goes up when a name or a meaning changes; a new name does not change it."""
MOST = 50
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML has no way to write."""


class Item(NamedTuple):
    """`place`: where on the page it stands."""

    id: str
    place: str
    title: str
    text: str
    first: datetime
    last: datetime


def page_of(project: Project) -> str:
    """The public page's full address."""
    return lasting(project.organisation) + reverse("loop:public", args=[project.address])


def atom(project: Project, known: InPublic) -> str:
    """
    Each answer once, with its newest text; each promise whose day passed; that the project was closed, opened again, rests or goes
    elsewhere; newest first.
    """
    link = page_of(project)
    feed = Atom1Feed(
        title=plain(project.title),
        link=link,
        description=_("You said, we did"),
        feed_url=lasting(project.organisation) + reverse("reports:atom", args=[project.address]),
        feed_guid=f"urn:uuid:{project.uid}",
        author_name=plain(project.organisation.name),
        language=project.language,
    )
    items = sorted(_items(project, known), key=lambda one: (one.last, one.id), reverse=True)
    for one in items[:MOST]:
        feed.add_item(
            title=plain(one.title),
            link=link + one.place,
            description=linebreaks(plain(one.text), autoescape=True),
            unique_id=one.id,
            pubdate=one.first,
            updateddate=one.last,
        )
    return str(feed.writeString("utf-8"))


def _items(project: Project, known: InPublic) -> Iterator[Item]:
    yield from _turns(project)
    if known.hidden_since:
        title, id = (
            _("The page of this project is hidden"),
            _id(project.uid, f"hidden {known.hidden_since.isoformat()}"),
        )
        yield Item(id, "#hid", title, known.publicity.hidden_because, *[known.hidden_since] * 2)
        return
    first = {one.answer_id: one.published_at for one in reversed(known.versions)}
    for row in known.answers:
        one = row.version
        begun, newest = first[one.answer_id], one.published_at
        assert begun is not None
        assert newest is not None
        kept = day.instant(project, one.kept_on, time(12)) if one.kept_on else newest
        title = f"{one.get_outcome_display()}: {row.said}"
        page = public.page_number(known, one.answer.uid)
        place = f"?page={page}" * (page > 1) + f"#answer-{one.answer.uid}"
        yield Item(f"urn:uuid:{one.answer.uid}", place, title, _text(row), begun, max(newest, kept))
    for late in known.overdue:
        at = day.instant(project, late.on + timedelta(days=1), time(0))
        said = {"said": late.said, "days": late.days, "body": late.version.body}
        title = _("Late: %(said)s") % said
        text = _("%(body)s promised this and has not done it yet.") % said
        answer = late.version.answer.uid
        yield Item(_id(answer, f"late {late.on}"), f"#late-{answer}", title, text, at, at)


def _turns(project: Project) -> Iterator[Item]:
    """The page says them while it is hidden, too; that it is hidden is said with its reason."""
    lasts, moments = in_public.turned(project), list(timeline.of_the_end(project))
    newest = {one.turn.what: one.turn for one in moments if one.turn}
    for one in moments:
        turn, said = one.turn, [one.sentence]
        if turn is None or turn.what == "page.hidden":
            continue
        if turn == newest[turn.what]:
            said += _terms(lasts, turn.what)
        yield Item(f"urn:uuid:{turn.key}", f"#turn-{turn.key}", one.sentence, "\n\n".join(said), turn.at, turn.at)


def _terms(lasts: dict[str, Turning], what: str) -> Iterator[str]:
    """As they stand on the page, while it lasts."""
    rest, goes = lasts.get("rest"), lasts.get("goes")
    if what == "project.rests" and rest and rest.until:
        yield _("What will not be answered for now: %(what)s") % {"what": rest.not_answered}
        until = {"keeper": rest.keeper, "day": date_format(rest.until, "j F Y")}
        yield _("%(keeper)s keeps people's words, till %(day)s.") % until
    if what == "project.offered" and goes and goes.until:
        until = {"whom": goes.goes_to, "day": date_format(goes.until, "j F Y")}
        yield _("It goes to %(whom)s. From %(day)s on they can read what people gave.") % until
        yield _("Who does not want that can take their words out before that day, on their own page or by telephone.")


def _id(of: UUID, what: str) -> str:
    """The same for the same news for ever; a news reader shows one id once."""
    return f"urn:uuid:{uuid5(of, what)}"


def _text(row: Said) -> str:
    said = [row.version.we_do, _("Because: %(because)s") % {"because": row.version.because}, row.version.body]
    if row.version.waits_for:
        waits = {"whom": row.version.waits_for, "meanwhile": row.version.meanwhile}
        said.insert(2, _("It waits for %(whom)s. Meanwhile: %(meanwhile)s") % waits)
    if row.version.kept_on:
        said.append(_("Kept on %(day)s.") % {"day": date_format(row.version.kept_on, "j F Y")})
    elif row.version.promised_on:
        said.append(_("By %(day)s.") % {"day": date_format(row.version.promised_on, "j F Y")})
    return "\n\n".join(said)


def plain(text: str) -> str:
    """What XML can hold."""
    return UNWRITABLE.sub(" ", text)


def data(project: Project, known: InPublic, *, now: datetime) -> dict[str, Any]:  # Any: JSON
    """As docs/use/public-data.md describes it. A number that is null is too small to say, or would give a small one away."""
    today = day.of(project, now)
    hidden = known.hidden_since
    first = {one.answer_id: one for one in reversed(known.versions)}
    return {
        "format": FORMAT,
        "project": {
            "id": str(project.uid),
            "title": project.title,
            "organisation": project.organisation.name,
            "page": page_of(project),
            "language": project.language,
            "state": project.state,
            "is_example": project.is_example,
        },
        "as_of": today.isoformat(),
        "hidden_since": day.of(project, hidden).isoformat() if hidden else None,
        "hidden_because": known.publicity.hidden_because or None,
        **_turned(project),
        "label": {"name": known.part.whole_label.value, "sentence": str(charter.NAMED[known.part.whole_label])},
        "counters": [_counter(one) for one in known.four],
        "promises_late": len(known.overdue),
        "answers": [] if hidden else [_answer(project, row, first[row.version.answer_id]) for row in known.answers],
        "late": [] if hidden else [
            {"answer": str(one.version.answer.uid), "due": one.on.isoformat(), "days": one.days, "body": one.version.body}
            for one in known.overdue
        ],
        "timeline": [] if hidden else [
            {"on": one.on.isoformat(), "sentence": one.sentence, "kind": one.kind}
            for one in timeline.moments(project, known, today=today)
        ],
    }  # fmt: skip


def _turned(project: Project) -> dict[str, Any]:  # Any: JSON
    """A rest and a hand-over stand there while the page is hidden, too: they are about the people, not about the page."""
    turned = in_public.turned(project)
    rest, goes = turned.get("rest"), turned.get("goes")
    return {
        "rests": {
            "not_answered": rest.not_answered,
            "keeper": rest.keeper,
            "until": rest.until.isoformat() if rest.until else None,
        }
        if rest
        else None,
        "goes": {"to": goes.goes_to, "from": goes.until.isoformat() if goes.until else None} if goes else None,
    }


def _counter(one: counting.Count) -> dict[str, Any]:  # Any: JSON
    return {
        "key": one.key,
        "name": str(one.name),
        "meaning": str(one.meaning),
        "number": one.number,
        "words": str(one.words) or None,
        "of": one.of,
        "counts": "people" if one.counts_people else "cards",
    }


def _answer(project: Project, row: Said, first: AnswerVersion) -> dict[str, Any]:  # Any: JSON
    one = row.version
    assert first.published_at is not None
    return {
        "id": str(one.answer.uid),
        "said": row.said,
        "cards": row.cards,
        "outcome": one.outcome,
        "we_do": one.we_do,
        "because": one.because,
        "body": one.body,
        "decided_by": one.decided_by or None,
        "waits_for": one.waits_for or None,
        "meanwhile": one.meanwhile or None,
        "published_on": day.of(project, first.published_at).isoformat(),
        "version": one.number,
        "promised_on": one.promised_on.isoformat() if one.promised_on else None,
        "moved_because": one.redated_because or None,
        "kept_on": one.kept_on.isoformat() if one.kept_on else None,
        "words": list(row.words),
        "do_not_agree": [each.because for each in row.disagree],
    }
