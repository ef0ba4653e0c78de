"""
Who follows what: the tables that say which act sets off which other, and what each job and each letter is.

WITHIN runs in the act's own transaction and may only add rows (jobs, outgoing, dues, findings); AFTER runs once it is committed and may
only publish: it may be lost, since every page can be fetched again.
"""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection

from withus import stream
from withus.charter import actions as charter
from withus.charter import mail as charter_mail
from withus.charter import owed as charter_owed
from withus.checkup import judge, ways
from withus.checkup import places as checkup_places
from withus.findings import gate, minding, places
from withus.findings import mail as findings_mail
from withus.live import actions as live
from withus.live import follow as live_follow
from withus.loop import actions as loop_actions
from withus.loop import answer_mail, quoting, snapshot, turning_mail
from withus.loop import asks as loop_asks
from withus.loop import follow as loop
from withus.loop import mail as loop_mail
from withus.loop import owed as loop_owed
from withus.people import actions as people
from withus.people import erasure, reached
from withus.people import mail as people_mail
from withus.post import bounces, worker
from withus.post.pages import provider
from withus.projects.models import Project
from withus.record import log as record
from withus.record import verify
from withus.site.env import BadSetting
from withus.table import actions as table
from withus.table import mail as table_mail

JUDGED_AT_ONCE = (
    "project.begun", "charter.changed", "charter.signed", "charter.signature_taken_back", "charter.frozen", "decision.opened",
    "decision.changed", "decision.settled", "decision.reopened", "decision.removed", "workshop.planned", "workshop.changed",
    "decision.act_noted", "change.weighed", "seat.given", "seat.changed", "lived.said", "plan.changed",
)  # fmt: skip
JUDGED_SOON = (
    "workshop.opened", "workshop.ended", "workshop.noted", "subject.parked", "subject.settled", "subject.returned", "plan.scrapped",
    "answer.published", "promise.redated", "promise.kept", "promise.broken",
    "promise.still_so", "card.not_meant", "card.meant", "person.told", "person.unreachable", "answer.heard", "answer.not_heard",
)  # fmt: skip

SORTED = (
    "theme.made", "theme.renamed", "theme.removed", "theme.merged", "theme.split", "cards.placed", "cards.taken_out", "cards.set_apart",
    "sorting.undone",
)  # fmt: skip

WITHIN: dict[str, Sequence[record.Follower]] = {
    **dict.fromkeys(JUDGED_AT_ONCE, (judge.after_an_act,)),
    **dict.fromkeys(JUDGED_SOON, (judge.soon,)),
    "way.chosen": (loop.let_go,),
    "way.asked": (loop.ring_about_the_way,),
}

WITHIN_MANY: dict[str, Sequence[record.FollowerOfMany]] = {
    "contribution.added": (loop.owe, judge.soon_for_many, loop.read_soon)
}
"""Followers of all entries of a kind that one transaction made: an import makes 500."""

AFTER: dict[str, Sequence[record.Follower]] = {
    "contribution.added": (live_follow.show_on_console,),
    "contribution.shown": (live_follow.show_on_wall,),
    "contribution.held_back": (live_follow.take_off_the_wall,),
    "contribution.withdrawn": (live_follow.take_off_the_wall,),
    "subject.parked": (live_follow.show_parked,),
    **dict.fromkeys(SORTED, (loop.show_sorted,)),
}


JOBS: dict[str, worker.Work] = {
    "checkup.judge": judge.judge_job,
    "checkup.morning": judge.judge_job,
    "picture.make": live.make_anew,
    "media.sweep": live.sweep,
    "people.erase": loop.erase_due,
    "call.forget": live.forget_call,
    "answers.look_again": loop_actions.look_again,
    "answers.tell": loop_actions.tell_the_next,
    "post.ask": bounces.ask,
    "answers.move_on": loop_actions.move_on,
    "opinions.find": loop_actions.find_opinions,
    "suggestions.read": loop_actions.read_cards,
    "suggestions.regroup": loop_actions.regroup,
    "promise.remind": loop_actions.remind,
    "promise.broken": loop_actions.note_broken,
    "promise.ask": loop_actions.ask_if_still_so,
    "way.takes": table.way_takes,
    "project.newcomers": loop_actions.notice_newcomers,
}

LETTERS: dict[str, worker.Render] = {
    "answers.published": answer_mail.answers_published,
    "promise.near": loop_mail.promise_near,
    "promise.ask": loop_mail.promise_ask,
    "promise.broken": loop_mail.promise_broken,
    "promise.not_so": loop_mail.promise_not_so,
    "project.turns": turning_mail.project_turns,
    "project.asked": turning_mail.project_asked,
    "project.offered": turning_mail.project_offered,
    "project.stays": turning_mail.project_stays,
    "project.stopped": turning_mail.project_stopped,
    "project.reopened": turning_mail.project_reopened,
    "key.waits": turning_mail.key_waits,
    "key.turned": turning_mail.key_turned,
    "invitation": table_mail.invitation,
    "way.asked": table_mail.way_asked,
    "charter.changed": charter_mail.charter_changed,
    "finding.owned": findings_mail.finding_owned,
    "finding.asked": findings_mail.finding_asked,
    "words.tried": people_mail.words_tried,
    "colleague.added": people_mail.colleague_added,
}

TOGETHER: dict[str, worker.RenderMany] = {"answers.published": answer_mail.many_published}
"""Letters that go to thousands."""

SENT: dict[str, worker.Sent] = {
    "answers.published": loop.letter_sent,
    "charter.changed": charter.letter_sent,
    "project.turns": loop.notice_sent,
}
FAILED: dict[str, worker.Sent] = {"answers.published": loop.letter_failed, "project.turns": loop.notice_failed}
TO_A_PERSON = (
    "way.asked",
    "invitation", "charter.changed", "finding.owned", "promise.ask", "project.turns", "project.stays", "key.waits", "key.turned",
    "project.reopened",
)  # fmt: skip
BACK: dict[str, worker.Sent] = {
    **dict.fromkeys(TO_A_PERSON, loop.other_back),
    "answers.published": loop.letter_back,
}
DROPPED: dict[str, worker.Sent] = {
    "answers.published": loop.letter_dropped,
    "charter.changed": charter.letter_sent,
    "project.turns": loop.notice_dropped,
}
"""What becomes of a letter: `worker.bind` says what each of the four means."""


def bind() -> None:
    """Called once, when the apps are ready."""
    record.followers.within = dict(WITHIN)
    record.followers.within_many = dict(WITHIN_MANY)
    record.followers.after = dict(AFTER)
    gate.bind(judge.judge_now)
    places.bind(checkup_places.address_of, ways.opened)
    minding.bind(quoting.own_words)
    charter_owed.bind(loop_owed.owed)
    verify.bind_words({"contribution.added": live.words_of, "answer.published": loop_asks.words_of})
    worker.bind(jobs=JOBS, letters=LETTERS, sent=SENT, failed=FAILED, back=BACK, dropped=DROPPED, together=TOGETHER)
    worker.bind_clock(people.erase_by_the_clock_there_is, table.take_by_the_clock_there_is)
    reached.bind(loop_actions.did_not_reach)
    erasure.bind(table.forget_place, snapshot.forget)
    stream.bind_number(number_of)


def listen() -> None:
    """
    What a mail provider says of our mails comes as a signal of django-anymail, where that is used. A provider that nobody knows, or one
    without its key, is said at the start, not by the first mail.
    """
    if settings.WITHUS_MAIL_PROVIDER:
        try:
            from anymail.signals import tracking  # noqa: PLC0415 -- an extra

            get_connection()
            provider.check()
        except (ImportError, ImproperlyConfigured) as trouble:
            said = str(trouble).splitlines()[0]
            raise BadSetting(f"WITHUS_MAIL_PROVIDER is {settings.WITHUS_MAIL_PROVIDER!r}: {said}") from trouble
        tracking.connect(provider.note, dispatch_uid="withus")


def number_of(series: UUID) -> int | None:
    """The ticket number now in force for a project's streams."""
    return Project.objects.filter(uid=series).values_list("stream_number", flat=True).first()


def check_bound() -> None:
    """The server refuses to start without a judge: a gate that asks nobody would let everything through."""
    if not gate.is_bound():
        raise RuntimeError("No judge is bound to the gate.")
