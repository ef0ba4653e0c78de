"""
No page shows a target, and no switch turns the one question off: all pages, all sentences, and every value of every switch there is.

A new page, a new sentence, a new yes-or-no or choice on a row of the database, and a new setting are tried as soon as they exist.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as site
from django.db import IntegrityError, models, transaction
from django.test import Client

from tests.site.test_access import LIVE_PARTICIPANT, ROWS, client_of, world
from tests.site.test_bad_input import url_of
from tests.site.test_never_asked import PRESS, QUESTION
from tests.site.world import World
from withus.loop import actions
from withus.loop.models import FIVE

__all__ = ["world"]
pytestmark = pytest.mark.django_db
TARGET = re.compile(
    r"\b(targets?|goals?|quotas?|kpis?|benchmarks?|league table|rank(?:ed|ing)s?|scores?)\b|<(progress|meter)\b", re.I
)
"""How a page would set people a number to reach. `<progress>` and `<meter>` show how much of one is there."""
OURS = (
    "accounts",
    "charter",
    "findings",
    "live",
    "loop",
    "people",
    "plan",
    "post",
    "projects",
    "record",
    "reports",
    "table",
)
PRESSES = {str(value) for value, _label in FIVE}
CATALOGUE = Path(site.LOCALE_PATHS[0]) / "withus.pot"


def spoken(page: str) -> str:
    """What a page says and draws, without the names of its files, its classes and its scripts."""
    body = page.partition("<body")[2]
    return re.sub(r"<(?!progress|meter)[^>]*>", " ", body)


@pytest.mark.slow
@pytest.mark.parametrize("who", ["stranger", "amira", "dev", "ada"])
def test_no_page_shows_a_target(world: World, who: str) -> None:
    client, found, seen = client_of(who, world.them), [], 0
    for name in (*ROWS, *(f"live:{one}" for one in LIVE_PARTICIPANT)):
        answer = client.get(url_of(world, name))
        if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
            seen += 1
            found += [(name, one.group()) for one in TARGET.finditer(spoken(answer.content.decode()))]
    assert found == []
    assert seen > 10


def test_no_sentence_that_a_page_could_say_names_one() -> None:
    said = "".join(line for line in CATALOGUE.read_text("utf-8").splitlines(keepends=True) if line[:1] in {'"', "m"})
    assert [one.group() for one in TARGET.finditer(said)] == []
    assert len(said) > 100_000


def test_no_template_draws_one() -> None:
    templates = list(Path(apps.get_app_config("loop").path).parent.rglob("*.html"))
    assert [one.name for one in templates if re.search(r"<(progress|meter)\b", one.read_text("utf-8"))] == []
    assert len(templates) > 100


def asked(world: World) -> bool:
    """Whether Amira is asked the one question with all of its presses, on the page of her answer."""
    answer = client_of("amira", world.them).get(url_of(world, "loop:answer"))
    page = answer.content.decode()
    return answer.status_code == 200 and QUESTION in page and set(PRESS.findall(page)) >= PRESSES


def switches() -> "Iterator[tuple[type[models.Model], models.Field[Any, Any], list[object]]]":  # Any: Django's own
    """Each yes-or-no and each choice among a few, on any row of ours, with the values that it can have."""
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.get_fields():
                if not isinstance(field, models.Field) or field.primary_key:
                    continue
                if isinstance(field, models.BooleanField):
                    yield model, field, [True, False]
                elif field.choices:
                    yield model, field, [value for value, _label in field.flatchoices]


@pytest.mark.slow
def test_no_switch_on_any_row_turns_the_question_off(world: World) -> None:
    assert asked(world)
    off, tried = set(), 0
    for model, field, values in switches():
        for value in values:
            try:
                with transaction.atomic():
                    model._default_manager.update(**{field.name: value})
                    tried += 1
                    if not asked(world):
                        off.add(f"{model._meta.label}.{field.name}={value}")
                    transaction.set_rollback(True)
            except IntegrityError:
                continue
    assert sorted(off) == []
    assert tried > 50
    assert asked(world)


def test_no_setting_turns_it_off(world: World, settings: Any) -> None:  # Any: pytest-django's settings
    flags = [name for name in dir(site) if name.startswith("WITHUS_") and isinstance(getattr(site, name), bool)]
    for name in flags:
        before = getattr(site, name)
        setattr(settings, name, not before)
        assert (name, asked(world)) == (name, True)
        setattr(settings, name, before)
    assert {"WITHUS_DEMO", "WITHUS_LAN"} <= set(flags)


def test_hidden_by_an_organisation_it_reads_since_when_and_is_asked_still(world: World) -> None:
    them = world.them
    actions.hide_page(them.project, because="A court asked us.", by=them.ada, now=them.now)
    at = f"/at/{them.project.address}"
    for path in (at, f"{at}/badge.svg"):
        assert (path, "Hidden since 6 May 2026" in Client().get(path).content.decode()) == (path, True)
    assert asked(world)
