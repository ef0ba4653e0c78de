"""What is different in a newer answer, in a sentence each, for whoever was told the older one."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from withus.loop.models import HAS_IT, AnswerVersion, Telling
from withus.people.models import Person

TEXTS = ("we_heard", "outcome", "we_do", "because", "body", "decided_by", "waits_for", "meanwhile", "promised_on")


def says_the_same(older: AnswerVersion, newer: AnswerVersion) -> bool:
    return all(getattr(older, name) == getattr(newer, name) for name in (*TEXTS, "kept_on"))


def changed_since_told(version: AnswerVersion, person: Person) -> list[str]:
    """Empty for whoever was told of no older version."""
    rows = Telling.objects.filter(
        HAS_IT, person=person, version__answer=version.answer_id, version__number__lt=version.number
    )
    older = rows.select_related("version").order_by("-version__number").first()
    return what_changed(older.version, version) if older else []


def what_changed(older: AnswerVersion, newer: AnswerVersion) -> list[str]:
    said = []
    if older.outcome != newer.outcome:
        said.append(
            _("It was “%(before)s”. Now it is “%(after)s”.")
            % {"before": older.get_outcome_display(), "after": newer.get_outcome_display()}
        )
    if older.promised_on != newer.promised_on and newer.promised_on:
        after = date_format(newer.promised_on, "j F Y")
        if older.promised_on:
            before = date_format(older.promised_on, "j F Y")
            said.append(_("The day moved from %(before)s to %(after)s.") % {"before": before, "after": after})
        else:
            said.append(_("It has a day now: %(after)s.") % {"after": after})
    if newer.kept_on and not older.kept_on:
        said.append(_("The promise was kept on %(day)s.") % {"day": date_format(newer.kept_on, "j F Y")})
    if older.we_do != newer.we_do:
        said.append(_("What we do is different. It was: %(before)s") % {"before": older.we_do})
    if older.because != newer.because:
        said.append(_("The reason is different. It was: %(before)s") % {"before": older.because})
    if older.we_heard != newer.we_heard:
        said.append(_("We say anew what we heard."))
    if older.body != newer.body:
        said.append(_("%(after)s owes it now, not %(before)s.") % {"before": older.body, "after": newer.body})
    return said + _who_and_what_for(older, newer)


def _who_and_what_for(older: AnswerVersion, newer: AnswerVersion) -> list[str]:
    said = []
    if older.waits_for != newer.waits_for:
        if newer.waits_for:
            said.append(_("It waits now for: %(who)s") % {"who": newer.waits_for})
        else:
            said.append(_("It waits no longer for: %(who)s") % {"who": older.waits_for})
    if older.meanwhile != newer.meanwhile and newer.meanwhile:
        said.append(_("What we do meanwhile is different."))
    if older.decided_by != newer.decided_by and newer.decided_by:
        said.append(_("It was decided by: %(who)s") % {"who": newer.decided_by})
    return said
