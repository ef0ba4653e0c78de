"""Whom the team rings or writes to, and what to say: only what is still true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from withus.loop.actions.objecting import just_turned
from withus.loop.actions.turning import SECOND_WITHIN, Hand, under_way, waiting, who_turned_second
from withus.loop.models_of_closing import ByHand, Say, Turn, Turning
from withus.people.called import name_of
from withus.people.models import WayAsked, WayKind
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
    asked_for = waiting_by_hand(project).select_related("person__name").prefetch_related("person__ways")
    rows = list(asked_for.order_by("-at", "pk")[:A_PAGE])
    sentences = Sentences(project, rows, now=now)
    found = []
    for row in rows:
        row.person.project = project
        says = sentences.of(row)
        way = next((one for one in row.person.ways.all() if one.chosen and one.kind != WayKind.NONE), None)
        if says and way is not None:
            found.append(
                ToTell(row.uid, name_of(row.person), str(WayKind(way.kind).label), unseal_text(way.sealed), says)
            )
    return found


def waiting_by_hand(project: Project) -> QuerySet[ByHand]:
    return ByHand.objects.filter(staying("person__"), person__project=project, done_at=None)


def count_to_tell(project: Project) -> int:
    return len(to_tell(project, now=timezone.now()))


class Sentences:
    """What there is to say of each row. What many rows are about is looked up once."""

    def __init__(self, project: Project, rows: Sequence[ByHand], *, now: datetime) -> None:
        self.project, self.rows, self.now = project, rows, now

    def of(self, row: ByHand) -> str:
        """Nothing where it has become untrue."""
        fresh = self.now - row.at < NEWS_FOR
        match row.what:
            case Say.KEY_WAITS:
                return _key_waits(self.project, self._waiting) if _is(self._waiting, row.about) else ""
            case Say.KEY_TURNED:
                return self._key_turned(row) if _is(self._turned, row.about) else ""
            case Say.WAY_ASKED:
                return _way_asked(self.project, self._ways[row.about]) if row.about in self._ways else ""
            case Say.STAYS:
                return self._stays.get(row.about, "") if fresh else ""
            case _:
                return self._open_again if fresh else ""

    def _key_turned(self, row: ByHand) -> str:
        turned = self._turned
        if turned is None or turned.turned_at is None:
            return ""
        said = {
            "what": turned.get_what_display(),
            "day": _day(self.project, turned.turned_at),
            "until": _day(self.project, turned.turned_at + SECOND_WITHIN),
        }
        if Hand(person=row.person).name in self._second:
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

    def _about(self, what: str) -> set[str]:
        return {row.about for row in self.rows if row.what == what}

    @cached_property
    def _waiting(self) -> Turning | None:
        return waiting(self.project, now=self.now)

    @cached_property
    def _turned(self) -> Turning | None:
        return just_turned(self.project, now=self.now)

    @cached_property
    def _second(self) -> set[str]:
        return who_turned_second(self.project, str(self._turned.uid)) if self._turned else set()

    @cached_property
    def _ways(self) -> dict[str, WayAsked]:
        return {str(one.uid): one for one in WayAsked.objects.filter(uid__in=self._about(Say.WAY_ASKED))}

    @cached_property
    def _stays(self) -> dict[str, str]:
        """What they were told would come, and does not."""
        said = {
            Turn.REST: _("They were told that it rests. It does not rest any more: it goes on."),
            Turn.HAND_OVER: _("They were told that it goes to other people. It does not: it stays with us."),
        }
        still = {what for what in said if under_way(self.project, what) is not None}
        rows = Turning.objects.filter(project=self.project, uid__in=self._about(Say.STAYS)).exclude(what__in=still)
        return {str(one.uid): said[Turn(one.what)] for one in rows if one.what in said}

    @property
    def _open_again(self) -> str:
        if self.project.state == ProjectState.CLOSED:
            return ""
        return _("It was closed, and is open again: something is owed again. They need do nothing now.")


def _is(turning: Turning | None, about: str) -> bool:
    return turning is not None and str(turning.uid) == about


def _key_waits(project: Project, turning: Turning | None) -> str:
    if turning is None:
        return ""
    said = {"what": turning.get_what_display(), "day": _day(project, turning.asked_at + SECOND_WITHIN)}
    sentence = _(
        "“%(what)s”: one key is turned, and theirs may be the second. On their own page they say yes or no, till %(day)s. Without it "
        "nothing happens."
    )
    return sentence % said


def _way_asked(project: Project, asked: WayAsked) -> str:
    said = {"at": _day(project, asked.asked_at), "day": _day(project, asked.takes_at)}
    sentence = _(
        "On %(at)s somebody opened their page with the four words and asked that we reach them in another way, from %(day)s on. Was it "
        "them? If not, they press “Stop it” on their own page, and get new words from you."
    )
    return sentence % said


def _day(project: Project, at: datetime) -> str:
    return date_format(day.of(project, at), "j F Y")
