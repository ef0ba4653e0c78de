"""
Beside the example, what it does not show: a project to which many gave, that is late and rests; one that waits for a key; and one that
another organisation gives into Dev's hands. Made by actions with past days passed in, in the data folder of a site that does not run.
"""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

BEGIN = "import django; django.setup(); from tests.walks import long_table; long_table.main()"
SUBJECTS = (
    ("The bus was late on day %s", "I waited for the bus again, %s", "There is no seat at the bus stop number %s"),
    ("The nurse listened to me at %s", "A doctor who cares, ward %s", "Staff were kind on ward %s"),
    ("Cold soup at lunch, table %s", "Better food please, number %s", "Dinner came too late to eat at %s"),
)
CARDS, VOTERS, VOTED_ON = 156, 60, 10


def add(data: Path) -> dict[str, str]:
    """In a process of its own, as settings are read once. Answers what only the people concerned know: words, links, addresses."""
    known = {key: value for key, value in os.environ.items() if not key.startswith(("WITHUS_", "DATABASE_"))}
    known |= {"WITHUS_DATA": str(data), "DJANGO_SETTINGS_MODULE": "withus.site.settings"}
    done = subprocess.run([sys.executable, "-c", BEGIN], env=known, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, str] = json.loads(done.stdout)
    return told


def main() -> None:
    from django.utils import timezone

    now = timezone.now()
    told = rests(now) | waits(now) | comes(now)
    sys.stdout.write(json.dumps(told))


def staff(name: str) -> Any:  # Any: models are read after Django is set up
    from withus.accounts.models import Staff

    return Staff.objects.get(email=name)


def begun(title: str, *, now: datetime) -> tuple[Any, Any, Any]:  # Any: models are read after Django is set up
    """A project of Lantern House with Dev and Joy on its team, since twenty weeks."""
    from withus.charter import actions as charter
    from withus.projects import actions as projects
    from withus.projects.models import Organisation, Part

    dev, joy = staff("dev@lantern.example"), staff("joy@lantern.example")
    house, then = Organisation.objects.get(memberships__staff=dev), now - timedelta(weeks=20)
    project = charter.begin(house, title=title, purpose="What people say of us.", by=dev, now=then)
    projects.join_team(project, staff=joy, part=Part.CO_LEAD)
    return project, dev, joy


def rests(now: datetime) -> dict[str, str]:
    """Many cards, a theme, suggestions that were looked for twice, groups of opinion that everybody may read; then it rests."""
    from withus.live import actions as live
    from withus.live.actions.many import Row
    from withus.live.models import Contribution
    from withus.loop import actions as loop
    from withus.loop.models_of_closing import Turn
    from withus.people import link
    from withus.table import actions as table

    project, dev, joy = begun("The long table", now=now)
    then = now - timedelta(weeks=19)
    agnes = table.add_to_table(
        project, by=dev, now=then, role="member", name="Agnes", way="post", address="1 Mill Street"
    )
    rows = (
        Row(words=SUBJECTS[n % 3][n // 3 % 3] % n, sent_once=f"c{n}", person_key=f"p{n % VOTERS}") for n in range(CARDS)
    )
    live.add_contributions(project, rows, by=dev, now=then)
    live.add_contribution(project, person=agnes, words="A chair by the window.", sent_once="a", now=then)
    votes = (
        (f"c{card}", f"p{who}", 1 if card < 2 or card % 2 == who % 2 else -1, then)
        for who in range(VOTERS)
        for card in range(VOTED_ON)
    )
    live.add_ratings(project, votes, digest="0" * 64, by=dev, now=then)
    cards = Contribution.objects.filter(project=project, sent_once__in=("c0", "c3"))
    theme = loop.make_theme(project, name="The bus", contributions=list(cards), by=dev, now=then, read=True)
    loop.switch_suggestions(project, on=True, by=dev, now=then)
    reference = {"project": project.pk}
    loop.read_cards(reference, then)
    loop.regroup(reference, then)
    loop.read_cards(reference, then)
    loop.switch_on_opinions(project, asked_by="The Tuesday group", by=dev, now=then)
    loop.find_opinions(reference, then)
    loop.show_opinions(project, shown=True, by=dev, now=then)
    terms = loop.Terms(not_answered="All of it.", keeper="Lantern House", until=(now + timedelta(days=90)).date())
    first = loop.first_key(project, what=Turn.REST, by=loop.Hand(staff=dev), now=now, terms=terms)
    loop.second_key(first, by=loop.Hand(staff=joy), now=now)
    known = {"words": link.speakable(agnes), "stop": link.stop(agnes), "theme": str(theme.uid)}
    return known | {"rests": project.address}


def waits(now: datetime) -> dict[str, str]:
    """Dev turned the first key; the second waits for a co-lead without an account, who was asked by mail."""
    from django.core import signing
    from django.urls import reverse

    from withus.loop import actions as loop
    from withus.loop import turning_mail
    from withus.loop.models_of_closing import Turn
    from withus.people import link
    from withus.table import actions as table

    project, dev, _joy = begun("The two keys", now=now)
    grace = table.add_to_table(project, by=dev, now=now, role="member", name="Grace", co_lead=True)
    terms = loop.Terms(not_answered="Nothing.", keeper="Lantern House", until=(now + timedelta(days=90)).date())
    first = loop.first_key(project, what=Turn.REST, by=loop.Hand(staff=dev), now=now, terms=terms)
    token = signing.dumps([first.uid.hex, grace.uid.hex, grace.generation], salt=turning_mail.SALT)
    mailed = reverse("loop:key_by_mail", args=[project.address, token])
    return {"waits": project.address, "co_lead": link.path(grace), "mailed": mailed}


def comes(now: datetime) -> dict[str, str]:
    """Sam's organisation gives its project to Dev, and everybody was told."""
    from withus.accounts import actions as accounts
    from withus.charter import actions as charter
    from withus.loop import actions as loop
    from withus.loop.models_of_closing import Turn
    from withus.projects import actions as projects
    from withus.projects.models import Organisation, Part

    dev = staff("dev@lantern.example")
    sam, kim = (accounts.add_staff(email=f"{name.lower()}@elsewhere.example", name=name) for name in ("Sam", "Kim"))
    elsewhere = projects.add_organisation(name="Elsewhere Trust", admin=sam)
    projects.add_member(elsewhere, staff=kim)
    project = charter.begin(elsewhere, title="Buses at night", purpose="Buses.", by=sam, now=now - timedelta(weeks=9))
    projects.join_team(project, staff=kim, part=Part.CO_LEAD)
    terms = loop.Terms(address=dev.email, days=28)
    then = now - timedelta(weeks=5)
    first = loop.first_key(project, what=Turn.HAND_OVER, by=loop.Hand(staff=sam), now=then, terms=terms)
    loop.say_willing(first, organisation=Organisation.objects.get(memberships__staff=dev), by=dev, now=then)
    loop.second_key(first, by=loop.Hand(staff=kim), now=then)
    return {"comes": project.address}
