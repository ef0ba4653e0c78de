"""
What people read answers in: who asked for Easy Read or for another language, and what every answer can be read in by now.

Letters, calls and mails are ways, not formats; they stand among the routes. What else somebody needs on paper is not known here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from withus.loop import asks
from withus.loop.models import HEARD, AnswerVersion
from withus.loop.models_of_answers import AnswerWording
from withus.loop.wordings import LANGUAGES, says_easy
from withus.people.models import Need, Person
from withus.people.sealed import unseal
from withus.projects.models import Project

EASY = "Easy Read"
Numbers = list[tuple[str, str, int]]


@dataclass(frozen=True)
class Read:
    """`heard`: persons who say that they know now. `asked`: persons by format. `sent`: None while there is no answer."""

    heard: int
    asked: dict[str, int]
    sent: tuple[str, ...] | None


def read_by(project: Project, *, before: datetime) -> Read:
    """One query. `before`: who heard is counted as it stood at that instant."""
    found = _numbers(project, before)
    count = {kind: n for kind, _key, n in found}
    return Read(count.get("heard", 0), _asked(project, found), _sent(found, count.get("answers", 0)))


def _numbers(project: Project, before: datetime) -> Numbers:
    persons = Person.objects.filter(project=project, erased_at=None)
    newer = AnswerVersion.objects.filter(
        answer=OuterRef("answer"), number__gt=OuterRef("number"), published_at__isnull=False
    )
    answers = AnswerVersion.objects.filter(answer__project=project, published_at__isnull=False).exclude(Exists(newer))
    worded = AnswerWording.objects.filter(version__in=answers)
    needs = Need.objects.filter(person__in=persons).exclude(sealed="")
    return list(
        _rows(
            "heard", asks.last_words(project, before=before).filter(says__in=HEARD), Count("person", distinct=True)
        ).union(
            _rows("language", persons.exclude(language=""), Count("pk"), by=F("language")),
            _rows("answers", answers, Count("pk")),
            _rows("worded", worded.filter(easy=False), Count("version"), by=F("language")),
            _rows("easy", worded.filter(easy=True), Count("version", distinct=True)),
            _rows("need", needs, Count("pk"), by=F("sealed")),
            all=True,
        )
    )


# Any: of any model, and rows of three.
def _rows(kind: str, rows: QuerySet[Any], count: Count, *, by: Combinable | None = None) -> QuerySet[Any, Any]:
    named = rows.order_by().annotate(
        kind=Value(kind, CharField()), key=Cast(by or Value(""), CharField(max_length=10_000))
    )
    counted: QuerySet[Any, Any] = named.values_list("kind", "key").annotate(n=count)
    return counted


def _asked(project: Project, found: Numbers) -> dict[str, int]:
    asked: dict[str, int] = {}
    for kind, key, n in found:
        if kind == "language" and _base(key) != _base(project.language):
            asked[_name(key)] = asked.get(_name(key), 0) + n
        elif kind == "need" and says_easy(unseal(key) or []):
            asked[EASY] = asked.get(EASY, 0) + n
    return asked


def _sent(found: Numbers, answers: int) -> tuple[str, ...] | None:
    """A format was sent when every answer that stands can be read in it."""
    if not answers:
        return None
    worded = {_name(key) for kind, key, n in found if kind == "worded" and n >= answers}
    easy = {EASY for kind, _key, n in found if kind == "easy" and n >= answers}
    return tuple(sorted(worded | easy))


def _base(language: str) -> str:
    return language.split("-", maxsplit=1)[0]


def _name(language: str) -> str:
    return LANGUAGES.get(_base(language), language)
