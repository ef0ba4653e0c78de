"""After the day of a promise: kept, and four weeks later still so? Or broken."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, cast, signed_in
from tests.loop import ground
from withus.loop import actions, letters, refusals
from withus.loop.changes import changed_since_told
from withus.loop.models import Answer, AnswerVersion, Due, Telling
from withus.loop.models_of_answers import StillSo
from withus.people import actions as people
from withus.people import link
from withus.post import worker
from withus.post.models import Outgoing
from withus.record.models import Opening

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KEPT = datetime(2026, 8, 1, 10, 0, tzinfo=UTC)
FOUR_WEEKS = datetime(2026, 8, 29, 9, 0, tzinfo=UTC)
AFTER = datetime(2026, 9, 2, 6, 0, tzinfo=UTC)


@pytest.fixture
def them() -> Cast:
    return cast()


@pytest.fixture
def promised(them: Cast) -> Answer:
    """To Amira, who is told by e-mail, and to Bo, who comes and looks and has not."""
    ground.by_email(them, them.amira)
    cards = [ground.card(them, them.amira), ground.card(them, them.bo)]
    answer = ground.draft(them, ground.theme(them, *cards))
    actions.publish(answer, by=them.dev, now=them.now)
    worker.run_due(them.now)
    return answer


def keep(them: Cast, answer: Answer) -> None:
    actions.keep_promise(answer, on=date(2026, 8, 1), by=them.dev, now=KEPT)
    worker.run_due(KEPT)


def test_a_kept_promise_is_told_once_as_what_changed(them: Cast, promised: Answer) -> None:
    keep(them, promised)
    newest = AnswerVersion.objects.order_by("-number")[0]
    assert (newest.number, newest.outcome, newest.kept_on) == (2, "done", date(2026, 8, 1))
    assert changed_since_told(newest, them.amira) == [
        "It was “Doing it”. Now it is “Done”.",
        "The promise was kept on 1 August 2026.",
    ]
    letters = [one.body for one in mail.outbox if "What became" in str(one.subject)]
    assert len(letters) == 2
    assert "The promise was kept on 1 August 2026." in letters[1]


def test_a_promise_is_kept_once(them: Cast, promised: Answer) -> None:
    keep(them, promised)
    with pytest.raises(refusals.NothingToPublish):
        keep(them, promised)


def test_a_kept_promise_gets_no_new_day(them: Cast, promised: Answer) -> None:
    keep(them, promised)
    with pytest.raises(refusals.NothingToPublish):
        actions.redate(promised, on=date(2026, 10, 1), because="Ill.", by=them.dev, now=KEPT)


def test_keeping_leaves_the_draft_that_is_being_written(them: Cast, promised: Answer) -> None:
    assert promised.theme is not None
    ground.draft(them, promised.theme, we_do="A bus.")
    keep(them, promised)
    rows = [(one.number, one.we_do, one.published_at is None) for one in AnswerVersion.objects.order_by("number")]
    assert rows == [(1, "A taxi home.", False), (2, "A taxi home.", False), (3, "A bus.", True)]


def test_four_weeks_later_those_who_were_told_are_asked_once(them: Cast, promised: Answer) -> None:
    keep(them, promised)
    worker.run_due(FOUR_WEEKS - timedelta(hours=2))
    assert not StillSo.objects.exists()
    for days in (0, 1, 40):
        worker.run_due(FOUR_WEEKS + timedelta(days=days))
    assert [one.person for one in StillSo.objects.all()] == [them.amira]
    assert len([one for one in mail.outbox if "still so" in str(one.subject)]) == 1


def test_a_worker_that_slept_asks_late_and_once(them: Cast, promised: Answer) -> None:
    keep(them, promised)
    worker.run_due(FOUR_WEEKS + timedelta(days=300))
    actions.ask_if_still_so({"answer": str(promised.uid), "on": "2026-08-01"}, FOUR_WEEKS - timedelta(days=9))
    assert StillSo.objects.count() == 1


def test_the_question_comes_a_fortnight_after_the_last_letter(them: Cast, promised: Answer) -> None:
    keep(them, promised)
    later = FOUR_WEEKS - timedelta(days=3)
    other = ground.draft(them, ground.theme(them, ground.card(them, them.amira, "Tea.")), we_do="Tea.", now=later)
    actions.publish(other, by=them.dev, now=later)
    worker.run_due(FOUR_WEEKS)
    row = Outgoing.objects.get(kind="promise.ask")
    assert row.run_at == later + timedelta(days=14)


@pytest.mark.parametrize("how_often", ["once", "changes", "never"])
def test_who_wants_no_more_letters_is_asked_on_their_page_only(them: Cast, promised: Answer, how_often: str) -> None:
    keep(them, promised)
    ground.by_email(them, them.amira, how_often=how_often)
    worker.run_due(FOUR_WEEKS)
    assert StillSo.objects.count() == 1
    assert not Outgoing.objects.filter(kind="promise.ask").exists()


def test_a_no_opens_it_again_and_goes_to_the_team_without_a_name(them: Cast, promised: Answer) -> None:
    keep(them, promised)
    worker.run_due(FOUR_WEEKS)
    actions.say_still_so(them.amira, answer=promised, so=False, now=FOUR_WEEKS)
    worker.run_due(FOUR_WEEKS)
    assert [due.contribution.person for due in Due.objects.filter(met_at=None)] == [them.amira]
    letters = [one for one in mail.outbox if "not so any more" in str(one.subject)]
    assert [one.to for one in letters] == [["dev@lantern.example"]]
    assert "Amira" not in letters[0].body
    assert Opening.objects.get(kind="promise.still_so").facts == {"so": False}


def test_a_no_that_was_a_slip_of_the_finger_is_taken_back(them: Cast, promised: Answer) -> None:
    keep(them, promised)
    worker.run_due(FOUR_WEEKS)
    for so in (False, True):
        actions.say_still_so(them.amira, answer=promised, so=so, now=FOUR_WEEKS)
    assert not Due.objects.filter(met_at=None).exists()


def test_nobody_says_it_who_was_not_asked(them: Cast, promised: Answer) -> None:
    keep(them, promised)
    worker.run_due(FOUR_WEEKS)
    with pytest.raises(refusals.NotAsked):
        actions.say_still_so(them.bo, answer=promised, so=False, now=FOUR_WEEKS)


def test_on_her_page_amira_says_no(them: Cast, promised: Answer) -> None:
    keep(them, promised)
    worker.run_due(FOUR_WEEKS)
    client = Client()
    client.get(link.path(them.amira))
    path = f"/at/{them.project.address}/me/answer/{promised.uid}"
    assert "Is it still so?" in client.get(path).content.decode()
    client.post(f"{path}/still-so", {"so": "no"})
    assert StillSo.objects.get().so is False
    assert "It is open again" in client.get(path).content.decode()


def test_a_broken_promise_is_open_again_the_morning_after_its_day_once(them: Cast, promised: Answer) -> None:
    for at in (AFTER - timedelta(days=1), AFTER, AFTER + timedelta(days=1)):
        worker.run_due(at)
    assert Opening.objects.filter(kind="promise.broken").count() == 1
    assert Due.objects.filter(met_at=None).exclude(reopened_at=None).count() == 2
    assert len([one for one in mail.outbox if "broken" in str(one.subject)]) == 1


def test_kept_late_it_is_answered_again_and_was_broken_all_the_same(them: Cast, promised: Answer) -> None:
    worker.run_due(AFTER)
    actions.keep_promise(promised, on=date(2026, 9, 5), by=them.dev, now=AFTER + timedelta(days=3))
    assert not Due.objects.filter(met_at=None).exists()
    assert Opening.objects.filter(kind="promise.broken").count() == 1


def test_what_was_kept_or_moved_in_time_is_not_broken(them: Cast, promised: Answer) -> None:
    actions.redate(promised, on=date(2026, 10, 1), because="Ill.", by=them.dev, now=KEPT)
    worker.run_due(AFTER)
    assert not Opening.objects.filter(kind="promise.broken").exists()
    assert Telling.objects.filter(version__number=2).count() == 2


def test_a_yes_to_the_promise_does_not_close_a_no_to_the_answer(them: Cast, promised: Answer) -> None:
    keep(them, promised)
    worker.run_due(FOUR_WEEKS)
    actions.confirm(them.amira, answer=promised, says="no", now=FOUR_WEEKS)
    for so in (True, False, True):
        actions.say_still_so(them.amira, answer=promised, so=so, now=FOUR_WEEKS)
    assert [due.contribution.person for due in Due.objects.filter(met_at=None)] == [them.amira]


def enter(them: Cast, code: str, says: str, at: datetime, because: str = "") -> bool:
    entered = actions.enter_slip(them.project, code=code, says=says, because=because, beside=False, by=them.dev, now=at)
    return bool(entered)


def by_paper(them: Cast, answer: Answer) -> str:
    """Bo has post only; the letter about what was kept is printed. The number on its slip."""
    people.set_way(them.bo, kind="post", address="1 Mill Street")
    keep(them, answer)
    return link.reply(them.bo.tellings.order_by("-version__number")[0].uid)


def test_the_letter_of_a_kept_promise_has_a_slip_to_keep_and_no_other_letter_has(
    them: Cast, promised: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withus.loop.letters.timezone.now", lambda: KEPT)
    before = them.bo.tellings.get()
    code = by_paper(them, promised)
    after = them.bo.tellings.order_by("-version__number")[0]
    old, new = (
        letters.sheets(them.project, [letters.Round(them.bo, (one,), "")])[0]["answers"][0] for one in (before, after)
    )
    assert old["still"] is None
    assert new["still"] == {
        "question": "Is it still so?",
        "when": "Keep this slip till 29 August 2026. Then tick one, and send it back or hand it in. You do not have to.",
        "ticks": ["Yes, it is still so", "No, it is not so any more"],
    }
    client = signed_in(them.dev)
    page = client.post(reverse("loop:letter", args=[them.project.address, them.bo.uid])).content.decode()
    assert "☐ No, it is not so any more" in page
    assert page.count(f'<b class="num">{code}</b>') == 2
    pdf = client.post(reverse("loop:letters_pdf", args=[them.project.address])).content
    assert b"/MarkInfo<</Marked true" in pdf


def test_a_no_on_paper_opens_it_again_is_theirs_and_says_who_entered_it(them: Cast, promised: Answer) -> None:
    code = by_paper(them, promised)
    for _twice in range(2):
        assert enter(them, code, "not so", FOUR_WEEKS)
    row = StillSo.objects.get()
    assert (row.person, row.so, row.by_slip, row.kept_on) == (them.bo, False, True, date(2026, 8, 1))
    assert [due.contribution.person for due in Due.objects.filter(met_at=None)] == [them.bo]
    said = Opening.objects.filter(kind__in=("slip.returned", "promise.still_so")).order_by("pk")
    assert [(one.kind, one.by) for one in said] == [
        ("slip.returned", f"staff:{them.dev.uid}"),
        ("promise.still_so", f"person:{them.bo.uid}"),
    ]
    worker.run_due(FOUR_WEEKS + timedelta(days=1))
    assert StillSo.objects.filter(person=them.bo).count() == 1
    assert enter(them, code, "still so", FOUR_WEEKS + timedelta(days=2))
    assert not Due.objects.filter(met_at=None).exists()


def test_before_four_weeks_and_on_a_slip_without_it_nothing_is_entered(them: Cast, promised: Answer) -> None:
    first = link.reply(them.bo.tellings.get().uid)
    code = by_paper(them, promised)
    with pytest.raises(refusals.NotFourWeeksYet):
        enter(them, code, "not so", FOUR_WEEKS - timedelta(days=1))
    with pytest.raises(refusals.NoSuchTick):
        enter(them, first, "not so", FOUR_WEEKS)
    with pytest.raises(refusals.NoWordsWithThis):
        enter(them, code, "not so", FOUR_WEEKS, because="Too late.")
    assert not StillSo.objects.exists()
    assert not Opening.objects.filter(kind="slip.returned").exists()


def test_what_she_said_on_her_page_stands_above_the_slip(them: Cast, promised: Answer) -> None:
    keep(them, promised)
    worker.run_due(FOUR_WEEKS)
    actions.say_still_so(them.amira, answer=promised, so=True, now=FOUR_WEEKS)
    code = link.reply(them.amira.tellings.order_by("-version__number")[0].uid)
    assert enter(them, code, "not so", FOUR_WEEKS + timedelta(days=3))
    assert (StillSo.objects.get().so, StillSo.objects.get().by_slip) == (True, False)


def test_her_page_leads_to_the_question_till_she_has_said(them: Cast, promised: Answer) -> None:
    keep(them, promised)
    worker.run_due(FOUR_WEEKS)
    asks = f'href="/at/{them.project.address}/me/answer/{promised.uid}#ss"'
    pages = []
    for person in (them.amira, them.bo):
        client = Client()
        client.get(link.path(person))
        pages.append(asks in client.get(f"/at/{them.project.address}/me").content.decode())
    assert pages == [True, False]
    actions.say_still_so(them.amira, answer=promised, so=True, now=FOUR_WEEKS)
    client.get(link.path(them.amira))
    assert asks not in client.get(f"/at/{them.project.address}/me").content.decode()
