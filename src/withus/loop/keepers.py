"""
Whether somebody who has the power to keep a promise stands behind it: whoever the charter names for a decision. Nobody is held up by it;
whoever writes or lets the answer out is told so.
"""

from django.utils.translation import gettext as _

from withus.charter.models import Decision
from withus.loop.models import AnswerVersion, Outcome


def without_power(version: AnswerVersion) -> str:
    """What is missing, in a sentence; nothing where somebody can keep it, or nothing is promised."""
    if version.promised_on is None and version.outcome != Outcome.DOING:
        return ""
    decision = version.decision
    if decision is not None and decision.removed_at is None and decision.decider:
        if decision.decider == version.decided_by:
            return ""
        said = _("The answer says that %(before)s decided. The charter names %(now)s for it now.")
        return said % {"before": version.decided_by, "now": decision.decider}
    rows = Decision.objects.filter(project=version.answer.project, removed_at=None).exclude(decider="")
    names = list(dict.fromkeys(rows.order_by("pk").values_list("decider", flat=True)))
    if not names:
        return _("The charter names nobody who decides anything. Who has the power to keep this promise?")
    said = _(
        "Nobody whom the charter names stands behind this promise. It names: %(names)s. Can you keep it without them?"
    )
    return said % {"names": ", ".join(names)}
