"""Cards are read by somebody with a name; cards in which nothing is said are set apart, never dropped, and can be brought back."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from withus.accounts.models import Staff
from withus.live import actions as live
from withus.live.models import CardState, Contribution
from withus.loop.actions import sorting
from withus.loop.actions.sorting import Cards
from withus.loop.entries import CardsRead, CardsSetApart
from withus.loop.models import ActKind, Due, Placement
from withus.projects.models import Project
from withus.record import log as record


def cards_read(project: Project, *, contributions: Cards, by: Staff, now: datetime) -> int:
    """How many were not read before. They who press it say that they have read them."""
    with record.writing(project, now=now) as log:
        cards = sorting.rows_of(project, contributions).filter(read=None)
        uids = sorted(str(uid) for uid in cards.values_list("uid", flat=True))
        if uids:
            sorting.note_read(cards, by=by, now=now)
            log.append(CardsRead(**sorting.named(uids)), by=f"staff:{by.uid}")
    return len(uids)


def read_as_typed(project: Project, uid: str, *, by: str, now: datetime) -> None:
    """Within the entry of a card from paper: nobody types what they have not read. `by` as the entry says it."""
    staff = Staff.objects.filter(uid=by.removeprefix("staff:")).first()
    sorting.note_read(Contribution.objects.filter(project=project, uid=uid), by=staff, now=now)


def unread(cards: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Those that nobody has read: no colleague has, and no participant laid it into a theme at the sorting table."""
    laid = Placement.objects.filter(contribution=OuterRef("pk"), by_person__isnull=False)
    return cards.filter(~Exists(laid), read=None)


def set_apart(project: Project, *, contributions: Cards, by: Staff, now: datetime) -> int:
    """Nothing is said in them: they are owed an acknowledgement, no answer. Nobody loses anything: they can be brought back."""
    return _turn(project, contributions, apart=True, by=by, now=now)


def bring_back_content(project: Project, *, contributions: Cards, by: Staff, now: datetime) -> int:
    """Something is said in them after all: they are owed an answer."""
    return _turn(project, contributions, apart=False, by=by, now=now)


def turn(project: Project, uids: list[str], *, apart: bool) -> None:
    """The cards' states and what they are owed; for the acts of this module and their undoing, inside the caller's writing."""
    rows = live.set_apart(Contribution.objects.filter(project=project, uid__in=uids), apart=apart)
    Due.objects.filter(contribution__in=rows, met_at=None).update(acknowledgement_only=apart)


def _turn(project: Project, contributions: Cards, *, apart: bool, by: Staff, now: datetime) -> int:
    with record.writing(project, now=now) as log:
        wanted = sorting.rows_of(project, contributions)
        wanted = (
            wanted.filter(state__in=(CardState.WAITING, CardState.SHOWN))
            if apart
            else wanted.filter(state=CardState.NO_CONTENT)
        )
        uids = sorted(str(uid) for uid in wanted.values_list("uid", flat=True))
        if uids:
            kind = ActKind.SET_APART if apart else ActKind.BROUGHT_BACK
            act = sorting.begin(project, kind, by=by, now=now, changed={"cards": uids, "apart": apart})
            act.cards = len(uids)
            act.save(update_fields=["cards"])
            sorting.note_read(Contribution.objects.filter(project=project, uid__in=uids), by=by, now=now)
            turn(project, uids, apart=apart)
            log.append(CardsSetApart(back=not apart, **sorting.named(uids)), by=f"staff:{by.uid}")
    return len(uids)
