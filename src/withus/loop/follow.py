"""What follows: an answer is owed for each contribution; a letter that left has told its person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from withus.live import actions as live
from withus.live.models import Contribution
from withus.loop import actions
from withus.loop.models import Act, Telling, Theme
from withus.loop.models_of_closing import Say
from withus.loop.placed import cards_in, filled, lies_in
from withus.people.models import Person, WayAsked
from withus.record.log import Said
from withus.stream import Audience, Topic, listening, publish

MOST_SHOWN = 100
"""Cards whose place is told to other pages one by one; of more they hear that they may load the page again."""


def owe(said: Sequence[Said]) -> None:
    """Within: one Due a contribution. Who typed a card from paper has read it."""
    actions.owe_answers(said[0].project, [one.about for one in said], now=said[-1].at)
    for one in said:
        if one.facts["typed"]:
            actions.read_as_typed(one.project, one.about, by=one.by, now=one.at)


def erase_due(reference: dict[str, Any], now: datetime) -> None:
    """The job: whoever's time to undo is over is erased, in live first, then here. What a killed worker left is gone after the next one."""
    live.erase_due_job(reference, now)
    actions.forget_the_erased(now=now)
    live.leave_no_trace()


def let_go(said: Said) -> None:
    """Within: somebody chose another way or rhythm, so what waited may go now."""
    persons = list(Person.objects.filter(uid=said.about))
    actions.begin_again(persons)
    actions.let_go(persons, now=said.at)


def ring_about_the_way(said: Said) -> None:
    """Within: whoever is reached by telephone or post hears from the team that another way was asked for."""
    asked = WayAsked.objects.filter(person__uid=said.about).select_related("person").first()
    if asked is not None:
        actions.tell_by_hand([asked.person], what=Say.WAY_ASKED, about=str(asked.uid), now=said.at)


def letter_sent(reference: dict[str, Any], now: datetime) -> None:
    actions.mark_sent(reference["tellings"], now=now)


def letter_failed(reference: dict[str, Any], now: datetime) -> None:
    for telling in Telling.objects.filter(uid__in=reference["tellings"]):
        actions.mark_failed(telling)
    actions.after_failing(reference, now=now)


def letter_back(reference: dict[str, Any], now: datetime) -> None:
    actions.after_failing(reference, now=now)


def other_back(reference: dict[str, Any], now: datetime) -> None:
    actions.came_back(reference, now=now)


def letter_dropped(reference: dict[str, Any], now: datetime) -> None:
    actions.hold_again(reference, now=now)


def notice_sent(reference: dict[str, Any], now: datetime) -> None:
    actions.notice_sent(reference["notice"], now=now)


def notice_dropped(reference: dict[str, Any], now: datetime) -> None:
    actions.notice_dropped(reference["notice"])


def notice_failed(reference: dict[str, Any], now: datetime) -> None:
    actions.notice_failed(reference["notice"])


def show_sorted(said: Said) -> None:
    """After: whoever else has the workbench open sees themes and cards as they lie now. Numbered by the record, so none is missed."""
    for language, _name in settings.LANGUAGES:
        topic = Topic(said.project.uid, Audience.CONSOLE, language)
        with translation.override(language):
            html = str(render_to_string("loop/sorted_line.html", {"fresh": True}))
            if listening(topic):
                html += _rows(said) + _places(said)
        publish(topic, id=said.seq, event="state", html=html)


def _rows(said: Said) -> str:
    """The lines of the themes that this was about; one that is out of sight goes."""
    named = {said.about, *(said.facts.get(name, "") for name in ("into", "off", "came_from"))}
    if said.facts.get("act"):
        act = Act.objects.select_related("theme", "other").get(uid=UUID(said.facts["act"]))
        named |= {str(one.uid) for one in (act.theme, act.other) if one is not None}
    themes = Theme.objects.filter(project=said.project, uid__in=named - {""}).prefetch_related("answers")
    counts = cards_in(said.project, [one.pk for one in themes])
    rows = []
    for row in filled(themes, counts):
        swap = "delete" if row.theme.removed_at is not None else "beforeend:#theme-list"
        rows.append(render_to_string("loop/theme_line.html", {"row": row, "project": said.project, "swap": swap}))
    return "".join(rows)


def _places(said: Said) -> str:
    uids = said.facts.get("cards", ())
    if not isinstance(uids, list | tuple) or len(uids) > MOST_SHOWN:
        return ""
    cards = list(Contribution.objects.filter(project=said.project, uid__in=uids))
    lies = lies_in(cards)
    return "".join(
        render_to_string("loop/lies.html", {"card": card, "themes": lies.get(card.pk, [])}) for card in cards
    )


def read_soon(said: Sequence[Said]) -> None:
    """Within: where a program may suggest, it reads the new cards, later. Elsewhere this costs nothing."""
    if said[0].project.suggests:
        actions.read_soon(said[0].project, now=said[-1].at)
