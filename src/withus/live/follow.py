"""What follows on the screens in the room. After the commit; may be lost, since every page can be fetched again."""

from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from withus.live.asks import seen_parked, taken_back
from withus.live.cards import card_of
from withus.live.models import Call, CardState, Contribution, MaySee, ParkedSubject
from withus.people.models import Person
from withus.projects.models import Project
from withus.record.log import Said
from withus.stream import Audience, Topic, forget, listening, publish
from withus.table.models import Workshop, WorkshopState


def show_on_wall(said: Said) -> None:
    """A card that may be on the wall appears there, once in each language."""
    row = _card(said)
    if row is None or row.workshop is None or row.state != CardState.SHOWN or row.may_see != MaySee.WALL:
        return
    if taken_back().filter(pk=row.pk).exists():
        return
    _put_on(row, row.workshop, number=row.shown)


def _put_on(row: Contribution, workshop: Workshop, *, number: int | None) -> None:
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            context = {"card": card_of(row, address=row.project.address), "fresh": True}
            html = render_to_string("live/card.html", context)
        for audience in (Audience.WALL, Audience.PHONE):
            publish(Topic(workshop.uid, audience, language), id=number, event="card", html=html)


def take_off_the_wall(said: Said) -> None:
    """Held back or taken back: gone from every screen at once."""
    row = _card(said)
    if row is None or row.workshop is None:
        return
    _take_off(row)


def _take_off(row: Contribution) -> None:
    assert row.workshop is not None
    html = f'<li id="card-{row.mark}" hx-swap-oob="delete"></li>'
    for language, _name in settings.LANGUAGES:
        for audience in (Audience.WALL, Audience.PHONE):
            publish(Topic(row.workshop.uid, audience, language), event="card", html=html)


def show_on_console(said: Said) -> None:
    """A line on the console: something new is there. Its forms need a token of their own, so the page is fetched for them."""
    workshop = said.facts.get("workshop")
    if not workshop:
        return
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            html = render_to_string("live/fresh_line.html", {"fresh": True})
        publish(Topic(UUID(workshop), Audience.CONSOLE, language), event="state", html=html, key="fresh")


def show_parked(said: Said) -> None:
    """The wall's list of parked subjects, as it stands now; the latest value wins."""
    subject = ParkedSubject.objects.filter(contribution__uid=said.about).select_related("workshop").first()
    if subject is None:
        return
    _publish_parked(said.project, subject.workshop.uid)


def _publish_parked(project: Project, workshop: UUID) -> None:
    rows = ParkedSubject.objects.filter(
        workshop__project=project, returned_on=None, contribution__state=CardState.SHOWN
    )
    rows = seen_parked(rows).select_related("contribution")[:8]
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            html = render_to_string("live/parked_list.html", {"parked": rows})
        publish(Topic(workshop, Audience.WALL, language), event="state", html=html, key="parked")


def hide_all_of(person: Person) -> None:
    """They take everything back: gone from every screen at once, and from what a wall that comes back would be sent."""
    cards = list(taken_back().filter(person=person, workshop__isnull=False).select_related("workshop", "parked"))
    for workshop in {card.workshop.uid for card in cards if card.workshop is not None}:
        forget(workshop)
        _publish_parked(person.project, workshop)
    for card in cards:
        _take_off(card)


def show_all_of(person: Person) -> None:
    """They thought again: their cards are back on every screen that is open. Without a number, which newer cards have passed by now."""
    rows = Contribution.objects.filter(person=person, with_persons=None, state=CardState.SHOWN, workshop__isnull=False)
    cards = list(rows.select_related("workshop", "media", "project").order_by("seq"))
    for card in cards:
        if card.workshop is not None and card.may_see == MaySee.WALL and card.workshop.state == WorkshopState.OPEN:
            _put_on(card, card.workshop, number=None)
    for workshop in {card.workshop.uid for card in cards if card.workshop is not None}:
        _publish_parked(person.project, workshop)


def show_call(call: Call) -> None:
    """To whoever is on duty, and said once: whoever looks later finds it on their page while it stands."""
    for topic in _care(call.project, call.workshop):
        with translation.override(topic.language):
            html = render_to_string("live/call_line.html", {"call": call, "project": call.project, "fresh": True})
        publish(topic, event="call", html=html)


def somebody_listens(project: Project, workshop: Workshop | None) -> bool:
    return any(listening(topic) for topic in _care(project, workshop))


def _care(project: Project, workshop: Workshop | None) -> list[Topic]:
    uid = workshop.uid if workshop else project.uid
    return [Topic(uid, Audience.CARE, language) for language, _name in settings.LANGUAGES]


def _card(said: Said) -> Contribution | None:
    return Contribution.objects.filter(uid=said.about).select_related("workshop", "media", "project").first()
