"""Whom the team rings or writes to, and what to say: only what is still true."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from withus.loop.actions.objecting import just_turned
from withus.loop.actions.turning import SECOND_WITHIN, Hand, turned_already, under_way, waiting
from withus.loop.models_of_closing import ByHand, Say, Turn, Turning
from withus.people.called import name_of
from withus.people.models import Way, WayAsked, WayKind
from withus.people.sealed import unseal_text
from withus.people.staying import staying
from withus.projects import day
from withus.projects.models import Project, ProjectState

NEWS_FOR = timedelta(days=60)
"""So long it is worth a call that something goes on again (D)."""
A_PAGE = 200


@dataclass(frozen=True)
class ToTell:
    """One person, how they are reached, and the sentence."""

    uid: UUID
    name: str
    way: str
    reach: str
    says: str


def to_tell(project: Project, *, now: datetime) -> list[ToTell]:
    """Newest first: what has become untrue sinks."""
    rows = waiting_by_hand(project).select_related("person__name").prefetch_related("person__ways")
    said: dict[tuple[str, str], str] = {}
    found = []
    for row in rows.order_by("-at", "pk")[:A_PAGE]:
        row.person.project = project
        if row.what == Say.KEY_TURNED or (row.what, row.about) not in said:
            said[row.what, row.about] = _says(project, row, now=now)
        way = next((one for one in row.person.ways.all() if one.chosen and one.kind != WayKind.NONE), None)
        if said[row.what, row.about] and way is not None:
            found.append(_line(row, way, said[row.what, row.about]))
    return found


def waiting_by_hand(project: Project) -> QuerySet[ByHand]:
    return ByHand.objects.filter(staying("person__"), person__project=project, done_at=None)


def count_to_tell(project: Project) -> int:
    return len(to_tell(project, now=timezone.now()))


def _line(row: ByHand, way: Way, says: str) -> ToTell:
    return ToTell(row.uid, name_of(row.person), str(WayKind(way.kind).label), unseal_text(way.sealed), says)


def _says(project: Project, row: ByHand, *, now: datetime) -> str:
    """Nothing where it has become untrue."""
    match row.what:
        case Say.KEY_WAITS:
            return _key_waits(project, row, now=now)
        case Say.KEY_TURNED:
            return _key_turned(project, row, now=now)
        case Say.WAY_ASKED:
            asked = WayAsked.objects.filter(uid=row.about).first()
            return _way_asked(project, asked) if asked is not None else ""
        case Say.STAYS:
            return _stays(project, row) if now - row.at < NEWS_FOR else ""
        case _:
            again = project.state != ProjectState.CLOSED and now - row.at < NEWS_FOR
            return (
                _("It was closed, and is open again: something is owed again. They need do nothing now.")
                if again
                else ""
            )


def _key_waits(project: Project, row: ByHand, *, now: datetime) -> str:
    turning = waiting(project, now=now)
    if turning is None or str(turning.uid) != row.about:
        return ""
    said = {"what": turning.get_what_display(), "day": _day(project, turning.asked_at + SECOND_WITHIN)}
    sentence = _(
        "“%(what)s”: one key is turned, and theirs may be the second. On their own page they say yes or no, till %(day)s. Without it "
        "nothing happens."
    )
    return sentence % said


def _key_turned(project: Project, row: ByHand, *, now: datetime) -> str:
    turning = just_turned(project, now=now)
    if turning is None or str(turning.uid) != row.about or turning.turned_at is None:
        return ""
    said = {
        "what": turning.get_what_display(),
        "day": _day(project, turning.turned_at),
        "until": _day(project, turning.turned_at + SECOND_WITHIN),
    }
    if turned_already(project, str(turning.uid), Hand(person=row.person)):
        sentence = _(
            "“%(what)s”: both keys were turned on %(day)s, one of them theirs. Was it not them? On their own page one press stops it, "
            "till %(until)s."
        )
    else:
        sentence = _(
            "“%(what)s”: both keys were turned on %(day)s, and theirs was not one of them. On their own page one press stops it, "
            "till %(until)s."
        )
    return sentence % said


def _way_asked(project: Project, asked: WayAsked) -> str:
    said = {"at": _day(project, asked.asked_at), "day": _day(project, asked.takes_at)}
    sentence = _(
        "On %(at)s somebody opened their page with the four words and asked that we reach them in another way, from %(day)s on. Was it "
        "them? If not, they press “Stop it” on their own page, and get new words from you."
    )
    return sentence % said


def _stays(project: Project, row: ByHand) -> str:
    turning = Turning.objects.filter(project=project, uid=row.about).first()
    if turning is None or under_way(project, turning.what) is not None:
        return ""
    if turning.what == Turn.REST:
        return _("They were told that it rests. It does not rest any more: it goes on.")
    return _("They were told that it goes to other people. It does not: it stays with us.")


def _day(project: Project, at: datetime) -> str:
    return date_format(day.of(project, at), "j F Y")
