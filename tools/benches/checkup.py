"""
How long a project with 100,000 contributions takes to be judged from the database, and how many queries that is.

Beside the milliseconds stands how many times a plain count of the same contributions takes, in the same run: that number travels from
machine to machine. `./dev bench checkup` uses SQLite in a folder of its own; `--postgres` starts a server for it, and DATABASE_URL names
one that is there (an empty database).
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from statistics import median

from tools.benches import _server
from tools.postgres import cluster

CARDS, PEOPLE, ANSWERS, WORKSHOPS, TIMES = 100_000, 2_000, 2, 6, 7
BUDGET_MS, MOST_QUERIES = 200.0, 14


def main() -> int:
    if "--postgres" in sys.argv[1:]:
        with cluster() as address:
            os.environ["DATABASE_URL"] = address
            return bench()
    return bench()


def bench() -> int:
    with tempfile.TemporaryDirectory(prefix="withus-bench-") as folder:
        os.environ["WITHUS_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "withus.site.settings")
        import django  # noqa: PLC0415 -- after the environment

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 -- after setup

        call_command("migrate", verbosity=0, interactive=False)
        said = measured()
    print(json.dumps(said, indent=2))
    return 0 if said["within_budget"] else 1


def measured() -> dict[str, object]:
    from django.db import connection  # noqa: PLC0415 -- after setup
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- after setup

    from tests.checkup.ground import LATER, rich  # noqa: PLC0415 -- after setup
    from withus.checkup.judge import judge_now  # noqa: PLC0415 -- after setup
    from withus.live.models import Contribution  # noqa: PLC0415 -- after setup

    project = rich(WORKSHOPS).project
    fill(project.pk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    judge_now(project, LATER)
    with CaptureQueriesContext(connection) as queries:
        judge_now(project, LATER)
    served = _server.worked() or 0.0
    judged, judged_cpu = milliseconds(lambda: judge_now(project, LATER))
    served_each = ((_server.worked() or 0.0) - served) * 1000 / (TIMES + 1)
    counted, _cpu = milliseconds(lambda: Contribution.objects.filter(project=project, state="shown").count())
    slowest = max(queries.captured_queries, key=lambda one: float(one["time"]))
    return {
        "database": connection.vendor,
        "contributions": Contribution.objects.filter(project=project).count(),
        "people_who_gave": PEOPLE,
        "tellings": PEOPLE * ANSWERS,
        "queries": len(queries),
        "most_queries": MOST_QUERIES,
        "judged_ms": round(judged, 1),
        "judged_cpu_ms": round(judged_cpu, 1),
        "server_cpu_ms": round(served_each, 1),
        "plain_count_ms": round(counted, 2),
        "times_plain_count": round(judged / counted, 1),
        "slowest_query_ms": round(float(slowest["time"]) * 1000, 1),
        "slowest_query": slowest["sql"][:60],
        "budget_ms": BUDGET_MS,
        "within_budget": judged_cpu + served_each < BUDGET_MS and len(queries) <= MOST_QUERIES,
    }


def milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """The middle of several, after a first that warms up: on the clock, and of this process. SQLite works in this process."""
    work()
    took, worked = [], []
    for _time in range(TIMES):
        began, cpu = time.perf_counter(), time.process_time()
        work()
        took.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - cpu) * 1000)
    return median(took), median(worked)


def fill(project: int) -> None:
    """Cards, what is owed for them, tellings and confirmations, written straight into the tables: the acts themselves are not measured."""
    from django.db import transaction  # noqa: PLC0415 -- after setup

    from tests.cast import NOW  # noqa: PLC0415 -- after setup
    from withus.live.models import Contribution  # noqa: PLC0415 -- after setup
    from withus.loop.models import Answer, AnswerVersion, Confirmation, Due, Telling, Theme  # noqa: PLC0415 -- after setup
    from withus.people.models import Person  # noqa: PLC0415 -- after setup
    from withus.projects.models import Project  # noqa: PLC0415 -- after setup

    row = Project.objects.get(pk=project)
    with transaction.atomic():
        people = Person.objects.bulk_create(
            Person(project=row, link_index=f"l{n}", words_index=f"w{n}", came_by="import", made_at=NOW)
            for n in range(PEOPLE)
        )
        given = Contribution.objects.bulk_create(
            [
                Contribution(
                    project=row, person=people[n % PEOPLE], mark=f"X{n}", seq=10_000 + n, given_by="words", state="shown",
                    words="The last bus goes at nine, and after that there is nobody.", sent_once=str(n),
                    content_digest=str(n), given_at=NOW,
                )
                for n in range(CARDS)
            ],
            batch_size=2000,
        )  # fmt: skip
        theme = Theme.objects.create(project=row, name="Everything", made_at=NOW)
        answers = [Answer.objects.create(project=row, theme=theme, made_at=NOW) for _n in range(ANSWERS)]
        versions = [
            AnswerVersion.objects.create(answer=one, number=1, outcome="doing", because="It helps.", published_at=NOW)
            for one in answers
        ]
        Due.objects.bulk_create(
            [Due(contribution=card, project=row, on=NOW.date(), met_by=answers[0], met_at=NOW) for card in given],
            batch_size=2000,
        )
        told = [(person, n) for person in people for n in range(ANSWERS)]
        Telling.objects.bulk_create(
            [Telling(person=who, version=versions[n], way="email", state="sent", at=NOW) for who, n in told],
            batch_size=2000,
        )
        Confirmation.objects.bulk_create(
            [Confirmation(person=who, answer=answers[n], says="i know now", at=NOW) for who, n in told], batch_size=2000
        )


if __name__ == "__main__":
    raise SystemExit(main())
