"""When a project is judged: at once for charter, table and plan; for live and loop as one job, at most one in five seconds."""

from datetime import datetime, timedelta

import pytest

from tests.cast import NOW, Cast, cast
from withus.charter import actions as charter
from withus.charter.models import Charter
from withus.checkup import judge
from withus.findings.models import Found, Judged
from withus.live import actions as live
from withus.post import worker
from withus.post.models import Job
from withus.projects import actions as projects
from withus.projects.models import Project

pytestmark = pytest.mark.django_db
JOB = "checkup.judge"


def give(them: Cast, number: int, *, after: float) -> None:
    now = NOW + timedelta(seconds=after)
    live.add_contribution(them.project, person=them.amira, words=f"Light {number}.", sent_once=str(number), now=now)


def test_many_cards_are_one_job_five_seconds_after_the_first() -> None:
    them = cast()
    judged = Judged.objects.get(project=them.project).at
    for number in range(3):
        give(them, number, after=number)
    assert list(Job.objects.filter(kind=JOB).values_list("run_at", flat=True)) == [NOW + timedelta(seconds=5)]
    worker.run_due(NOW + timedelta(seconds=4))
    assert Judged.objects.get(project=them.project).at == judged
    worker.run_due(NOW + timedelta(seconds=5))
    assert Judged.objects.get(project=them.project).at == NOW + timedelta(seconds=5)
    assert not Job.objects.filter(kind=JOB).exists()


def test_a_card_after_the_job_makes_the_next_one_five_seconds_later() -> None:
    them = cast()
    give(them, 1, after=0)
    worker.run_due(NOW + timedelta(seconds=5))
    give(them, 2, after=6)
    assert list(Job.objects.filter(kind=JOB).values_list("run_at", flat=True)) == [NOW + timedelta(seconds=11)]


def test_the_job_leaves_what_an_act_judged_in_the_meantime(monkeypatch: pytest.MonkeyPatch) -> None:
    them = cast()
    looked = judge.look
    meanwhile = NOW + timedelta(seconds=7)

    def slow(project: Project, now: datetime) -> judge.Verdicts:
        seen = looked(project, now)
        monkeypatch.setattr(judge, "look", looked)
        judge.judge_now(project, meanwhile)
        return seen

    monkeypatch.setattr(judge, "look", slow)
    judge.judge_job({"project": str(them.project.uid)}, NOW + timedelta(seconds=5))
    assert Judged.objects.get(project=them.project).at == meanwhile


def test_a_job_for_a_project_that_is_gone_does_nothing() -> None:
    cast()
    before = list(Judged.objects.values_list("project", "at"))
    judge.judge_job({"project": "00000000-0000-4000-8000-000000000000"}, NOW)
    assert list(Judged.objects.values_list("project", "at")) == before


def test_a_project_is_judged_each_morning_until_it_is_closed() -> None:
    """The day on which people were to hear back passes, and nobody does anything."""
    them = cast()
    charter.change_charter(
        Charter.objects.get(project=them.project), by=them.dev, now=NOW, version=1,
        hear_back_on=NOW.date() + timedelta(days=2), hear_back_how="by letter",
    )  # fmt: skip
    give(them, 1, after=0)
    seen = []
    for days in range(5):
        worker.run_due(NOW + timedelta(days=days))
        seen.append(Found.objects.filter(project=them.project, rule="T501").exists())
    assert seen == [False, False, False, True, True]
    assert Job.objects.filter(kind="checkup.morning").count() == 1
    projects.set_state(them.project, state="closed", now=NOW)
    worker.run_due(NOW + timedelta(days=6))
    assert not Job.objects.filter(kind="checkup.morning").exists()
