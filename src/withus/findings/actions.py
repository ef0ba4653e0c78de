from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from withus.accounts.models import Staff
from withus.findings.entries import FindingExplained, FindingOwned
from withus.findings.models import Answered, Found, Judged, NotKnown
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.record import log as record


class ReasonMissing(Refused):
    sentence = _("Say why, in a sentence. Everybody who takes part can read it.")


def keep(
    project: Project,
    *,
    found: Iterable[Found],
    not_known: Iterable[NotKnown],
    label: str,
    because: str,
    labels: Mapping[str, Any],
    now: datetime,
) -> None:
    """Replace what was found last by what is found now. A finding that still stands keeps the day it was found first."""
    since = {(one.rule, one.where): one.found_at for one in Found.objects.filter(project=project)}
    Found.objects.filter(project=project).delete()
    NotKnown.objects.filter(project=project).delete()
    rows = list(found)
    for row in rows:
        row.found_at = since.get((row.rule, row.where), now)
    Found.objects.bulk_create(rows)
    NotKnown.objects.bulk_create(not_known)
    Judged.objects.update_or_create(
        project=project, defaults={"label": label, "because": because, "labels": dict(labels), "at": now}
    )


def explain(project: Project, *, rule: str, where: str, because: str, by: Staff, now: datetime) -> Answered:
    """Give the reason for a finding that stands. It is shown beside it to everybody who takes part."""
    return _answer(
        project, kind="explained", rule=rule, where=where, because=because, cost="", now_we="", by=by, now=now
    )


def own(
    project: Project, *, rule: str, where: str, what_we_did: str, cost: str, now_we: str, by: Staff, now: datetime
) -> Answered:
    """ "We got this wrong": what we did, what it cost people, what we do now. Kept in public; the next step opens."""
    if not (cost.strip() and now_we.strip()):
        raise ReasonMissing(_("Say all three: what we did, what it cost people, and what we do now."))
    return _answer(
        project, kind="owned", rule=rule, where=where, because=what_we_did, cost=cost, now_we=now_we, by=by, now=now
    )


def _answer(
    project: Project,
    *,
    kind: str,
    rule: str,
    where: str,
    because: str,
    cost: str,
    now_we: str,
    by: Staff,
    now: datetime,
) -> Answered:
    if not because.strip():
        raise ReasonMissing
    with record.writing(project, now=now) as log:
        answered = Answered.objects.create(
            project=project,
            rule=rule,
            where=where,
            kind=kind,
            because=because.strip(),
            cost=cost.strip(),
            now_we=now_we.strip(),
            by=by,
            by_name=str(by),
            at=now,
        )
        entry = FindingOwned(rule=rule, where=where) if kind == "owned" else FindingExplained(rule=rule, where=where)
        log.append(entry, by=f"staff:{by.uid}", about=answered.uid, words=because)
    return answered
