"""
How long the workbench takes with 100,000 contributions in 60 themes, and how many queries: `./dev bench workbench`.

Every page is asked for as a browser asks, through the whole of Django; every act is pressed and then taken back. Beside the milliseconds
stands how many times a plain count of the same contributions they are, in the same run: that number travels from machine to machine.
SQLite in a folder of its own; `--postgres` starts a server for it, and DATABASE_URL names one that is there (an empty database).
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from statistics import median
from typing import Any

from tools.benches import _server
from tools.postgres import cluster
from tools.say import Stop, plainly

CARDS, PEOPLE, THEMES, TIMES = 100_000, 2_000, 60, 5
FEWEST_CARDS = 10 * THEMES
FIRST_VIEW_MS, ACT_MS, LIKE_MS = 400.0, 100.0, 50.0
GROWN_FROM = 5000
"""Cards from which the tree of groups is grown here; all of them lie beside it."""
WORDS = [
    *("the", "night", "was", "long", "and", "nobody", "came", "until", "a", "nurse", "sat", "down", "with", "me"),
    *("bus", "tea", "waiting", "letter", "kind", "stairs", "lift", "doctor", "noise", "sleep", "food", "asked", "help"),
]


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench workbench")
    parser.add_argument("--cards", type=int, default=CARDS, help="fewer, to try the bench itself")
    parser.add_argument("--postgres", action="store_true", help="on a server of its own")
    given = parser.parse_args()
    if given.cards < FEWEST_CARDS:
        raise Stop(f"--cards at least {FEWEST_CARDS}: with fewer, a theme has none that could be taken out.")
    if given.postgres:
        with cluster() as address:
            os.environ["DATABASE_URL"] = address
            return bench(given.cards)
    return bench(given.cards)


def bench(cards: int) -> int:
    with tempfile.TemporaryDirectory(prefix="withus-bench-") as folder:
        os.environ["WITHUS_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "withus.site.settings")
        import django  # noqa: PLC0415 -- after the environment

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 -- after setup

        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        said = measured(cards)
    print(json.dumps(said, indent=2))
    return 0 if said["within_budget"] else 1


def fill(project_pk: int, many: int) -> None:
    """Cards, what is owed for them and where they lie, written straight into the tables: four in five in a theme, one of them large."""
    from django.db import transaction  # noqa: PLC0415 -- after setup

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
                for n in range(many)
            ],
            batch_size=2000,
        )  # fmt: skip
        Due.objects.bulk_create(
            [Due(contribution=one, project=project, on=NOW.date()) for one in cards], batch_size=2000
        )
        themes = Theme.objects.bulk_create(
            Theme(project=project, name=f"Theme {n}", made_at=NOW) for n in range(THEMES)
        )
        lie = {(draw.randrange(THEMES), one.pk) for n, one in enumerate(cards) if n % 5}
        lie |= {(THEMES - 1, one.pk) for n, one in enumerate(cards[: many * 3 // 8]) if n % 5}
        Placement.objects.bulk_create(
            (
                Placement(theme=themes[number], contribution_id=pk, at=NOW)
                for number, pk in sorted(lie, key=lambda it: it[1])
            ),
            batch_size=2000,
        )
        lay_beside(project, cards)
    settle()


def settle() -> None:
    """
    As the database is a minute later, when it has looked over what was written. On PostgreSQL without helpers: what they work would not be
    counted.
    """
    from django.db import connection  # noqa: PLC0415 -- after setup

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET max_parallel_workers_per_gather = 0")
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")


def lay_beside(project: Any, cards: Any) -> None:  # Any: rows, whose models are read after setup
    """What a program would have made of these cards: a vector of each, groups, and beside which of them each card lies."""
    from tests.cast import NOW  # noqa: PLC0415 -- after setup
    from withus.loop.models_of_suggesting import Grouping, Laid, Vector  # noqa: PLC0415 -- after setup
    from withus.loop.sense import grouping, vectors  # noqa: PLC0415 -- after setup
    from withus.post.many import insert_many  # noqa: PLC0415 -- after setup

    type(project).objects.filter(pk=project.pk).update(suggests=True)
    made = vectors.of_texts([card.words for card in cards], by=vectors.table())
    rows = ((card.pk, vectors.small(row)) for card, row in zip(cards, made.rows, strict=True))
    of_all = {"project_id": project.pk, "kind": "pieces"}
    insert_many(Vector, same=of_all, names=("contribution_id", "row"), rows=rows)
    tree = grouping.grow({"pieces": made.rows[:GROWN_FROM]})
    shown = Grouping.objects.create(project=project, tree=grouping.pack(tree), made_at=NOW)
    cells, near = grouping.joined(tree, "pieces", made.rows, floor=vectors.FLOOR["pieces"])
    lie = zip((card.pk for card in cards), cells.tolist(), near.tolist(), strict=True)
    insert_many(Laid, same={"grouping_id": shown.pk}, names=("contribution_id", "cell", "near"), rows=lie)


def spent() -> float:
    """
    Seconds that a processor worked: for this process, and for this connection's of PostgreSQL. Where that runs elsewhere, the clock; it
    tells of who else was at work, too.
    """
    from django.db import connection  # noqa: PLC0415 -- after setup

    own, served = time.process_time(), _server.worked()
    if connection.vendor != "postgresql":
        return own
    return own + served if served is not None else time.perf_counter()


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """The middle of several after a first that warms up: milliseconds of work, and on the clock."""
    work()
    took, worked = [], []
    for _time in range(TIMES):
        before, began = spent(), time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
        worked.append((spent() - before) * 1000)
    return round(median(worked), 1), round(median(took), 1)


class Bench:
    """Dev at the workbench, through the whole of Django; acts are pressed and taken back, so that each time finds the same."""

    def __init__(self, cards: int) -> None:
        from django.test import Client  # noqa: PLC0415 -- after setup

        from tests.cast import cast  # noqa: PLC0415 -- after setup

        self.them = cast()
        fill(self.them.project.pk, cards)
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.client.force_login(self.them.dev, backend="sesame.backends.ModelBackend")
        self.suggestions = f"/at/{self.them.project.address}/suggestions"
        self.at = f"/at/{self.them.project.address}/themes"
        from withus.live.models import Contribution  # noqa: PLC0415 -- after setup
        from withus.loop.models import Theme  # noqa: PLC0415 -- after setup

        self.themes = list(Theme.objects.filter(project=self.them.project).order_by("pk"))
        given = Contribution.objects.filter(project=self.them.project)
        self.loose = [
            str(uid) for uid in given.filter(placements=None, state="shown").values_list("uid", flat=True)[:50]
        ]
        inside = given.filter(placements__theme=self.themes[0])
        self.inside = [str(uid) for uid in inside.values_list("uid", flat=True)[: min(50, inside.count() // 2)]]
        """Never all of them: a theme is split into two, and keeps some."""

    def get(self, rest: str = "", *, part: bool = False) -> None:
        path = rest if rest.startswith("/at/") else self.at + rest
        answer = self.client.get(path, headers={"HX-Request": "true"} if part else {})
        assert answer.status_code == 200, (rest, answer.status_code)

    def post(self, rest: str, sent: dict[str, Any]) -> None:
        answer = self.client.post(self.at + rest, sent)
        assert answer.status_code == 302, (rest, answer.status_code)

    def back(self) -> None:
        from withus.loop.models import Act  # noqa: PLC0415 -- after setup

        newest = Act.objects.filter(project=self.them.project, undone_at=None).order_by("-pk")[0]
        self.post("", {"undo": str(newest.uid)})

    def views(self) -> dict[str, Callable[[], None]]:
        theme = f"/{self.themes[0].uid}"
        return {
            "first view": self.get,
            "all cards": lambda: self.get("?show=all"),
            "a page far on": lambda: self.get("?show=all&after=90000"),
            "a theme": lambda: self.get(theme),
            "a theme with three cards in ten": lambda: self.get(f"/{self.themes[-1].uid}"),
            "all steps": lambda: self.get("/steps"),
            "a search without a script": lambda: self.get("?show=all&find=lift+doctor"),
            "said more than once": lambda: self.get("?show=repeats", part=True),
            "groups that a program suggests": lambda: self.get(self.suggestions),
            "cards like those of a theme": lambda: self.get(f"{self.suggestions}/beside{theme}"),
        }

    def searches(self) -> dict[str, Callable[[], None]]:
        asked = {
            "search, a common word": "?show=all&find=the",
            "search, two words": "?show=all&find=lift+99999",
            "search, nothing found": "?show=all&find=zebra",
            "search in no theme, a rare word": "?find=999",
            "search in no theme, two common words": "?find=the+and",
            "search, twenty words": f"?show=all&find={'+'.join(WORDS[:20])}",
            "search, a percent sign": "?show=all&find=%25",
            "search, further on": "?show=all&find=the&after=90000",
            "in no theme": "?show=open",
            "not read yet": "?show=unread",
            "off the agenda": "?show=parked",
            "another language": "?show=language",
            "without content": "?show=nothing",
        }
        return {name: partial(self.get, rest, part=True) for name, rest in asked.items()}

    def alike(self) -> dict[str, Callable[[], None]]:
        """Another card each time, as somebody goes on from one to the next."""
        turns = count()
        return {"more like this": lambda: self.get(f"?like={self.loose[next(turns) % len(self.loose)]}", part=True)}

    def acts(self) -> dict[str, tuple[Callable[[], None], bool]]:
        """Each with whether it is then taken back."""
        one, other = (f"/{theme.uid}" for theme in self.themes[:2])
        names = (f"Name {n}" for n in count())
        into = str(self.themes[1].uid)
        return {
            "put 50 cards": (lambda: self.post("", {"card": self.loose, "into": into}), True),
            "make a theme of 50": (lambda: self.post("", {"card": self.loose, "into": "new", "name": "New"}), True),
            "take 50 out": (lambda: self.post(one, {"card": self.inside, "do": "out"}), True),
            "move 50": (lambda: self.post(one, {"card": self.inside, "do": "move", "into": into}), True),
            "split 50 off": (
                lambda: self.post(one, {"card": self.inside, "do": "split", "split_name": "Off"}),
                True,
            ),
            "merge two themes": (lambda: self.post(one, {"do": "merge", "into": into}), True),
            "rename": (lambda: self.post(other, {"do": "rename", "name": next(names)}), False),
            "remove": (lambda: self.post(one, {"do": "remove"}), True),
            "read 50": (lambda: self.post("", {"card": self.loose, "do": "read"}), False),
        }

    def act(self, press: Callable[[], None], *, back: bool) -> tuple[float, float, float]:
        """Milliseconds of work for the press, on the clock, and for taking it back."""
        pressed, clock, undone = [], [], []
        for _time in range(TIMES + 1):
            before, began = spent(), time.perf_counter()
            press()
            clock.append((time.perf_counter() - began) * 1000)
            pressed.append((spent() - before) * 1000)
            before = spent()
            if back:
                self.back()
            undone.append((spent() - before) * 1000)
        return round(median(pressed[1:]), 1), round(median(clock[1:]), 1), round(median(undone[1:]), 1)


def queries(work: Callable[[], None]) -> int:
    from django.db import connection  # noqa: PLC0415 -- after setup
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- after setup

    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def first_search(bench: Bench) -> float:
    """
    Milliseconds of work where somebody searches before the server has read ahead, as it does when it starts; then it has. Once in the life
    of a process, so that no budget is set for it.
    """
    from withus.loop.ahead import read_ahead  # noqa: PLC0415 -- after setup

    bench.get("/steps")
    before = spent()
    bench.get("?show=all&find=zebra", part=True)
    took = round((spent() - before) * 1000, 1)
    read_ahead()
    return took


def put_all_away(bench: Bench) -> None:
    """Every card that lay in no theme now lies in one."""
    from tests.cast import NOW  # noqa: PLC0415 -- after setup
    from withus.live.models import Contribution  # noqa: PLC0415 -- after setup
    from withus.loop.models import Placement  # noqa: PLC0415 -- after setup

    loose = Contribution.objects.filter(project=bench.them.project, placements=None).values_list("pk", flat=True)
    theme = bench.themes[-1]
    Placement.objects.bulk_create((Placement(theme=theme, contribution_id=pk, at=NOW) for pk in loose), batch_size=2000)
    settle()


def measured(cards: int) -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415 -- after setup

    from withus.live.models import Contribution  # noqa: PLC0415 -- after setup

    bench = Bench(cards)
    first = first_search(bench)
    plain, _clock = timed(lambda: Contribution.objects.filter(project=bench.them.project).exclude(words="").count())
    rows: dict[str, dict[str, Any]] = {}
    for kind, works, most in (
        ("view", bench.views(), FIRST_VIEW_MS),
        ("search", bench.searches(), ACT_MS),
        ("alike", bench.alike(), LIKE_MS),
    ):
        for name, work in works.items():
            ms, clock = timed(work)
            rows[name] = {"kind": kind, "ms": ms, "clock_ms": clock, "queries": queries(work), "budget_ms": most}
    for name, (press, back) in bench.acts().items():
        ms, clock, undone = bench.act(press, back=back)
        rows[name] = {"kind": "act", "ms": ms, "clock_ms": clock, "budget_ms": ACT_MS} | (
            {"undo_ms": undone} if back else {}
        )
    put_all_away(bench)
    for name, rest in {"in no theme, where none is": "?show=open", "a rare word, where none is": "?find=999"}.items():
        work = partial(bench.get, rest, part=True)
        ms, clock = timed(work)
        rows[name] = {"kind": "search", "ms": ms, "clock_ms": clock, "queries": queries(work), "budget_ms": ACT_MS}
    for row in rows.values():
        row["times_plain_count"] = round(row["ms"] / plain, 1)
        row["within_budget"] = max(row["ms"], row.get("undo_ms", 0)) < row["budget_ms"]
    return {
        "database": connection.vendor,
        "contributions": Contribution.objects.filter(project=bench.them.project).count(),
        "themes": len(bench.themes),
        "plain_count_ms": plain,
        "first_search_ms": first,
        "measured": rows,
        "within_budget": all(row["within_budget"] for row in rows.values()),
    }


if __name__ == "__main__":
    with plainly():
        sys.exit(main())
