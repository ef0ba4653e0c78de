"""Two presses at once: of one person, of two colleagues, from two phones. What each read a moment before does not win over what is."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast, a_workshop, cast, signed_in
from tests.loop import ground
from withus.live import actions as live
from withus.live.models import ParkedSubject
from withus.loop import actions, refusals
from withus.loop.models import Answer, AnswerVersion, Confirmation, Due, Telling
from withus.loop.models_of_answers import AnswerWording
from withus.loop.wordings import seen_of
from withus.people.models import Wish
from withus.record.models import Opening
from withus.table.models import Workshop

pytestmark = pytest.mark.django_db
POLISH = {"we_heard": "Do domu.", "we_do": "Taksówka.", "because": "Nikt nie zostaje."}
OTHER = POLISH | {"we_do": "Taxi pod drzwi."}


@pytest.fixture
def them() -> Cast:
    return cast()


@pytest.fixture
def answer(them: Cast) -> Answer:
    return ground.published(them, them.amira)


def said(them: Cast) -> list[str]:
    rows = Opening.objects.filter(entry__project=them.project, kind__startswith="answer.").order_by("entry__seq")
    return [kind for kind in rows.values_list("kind", flat=True) if kind != "answer.published"]


def test_the_same_press_twice_is_said_once_and_two_answers_from_two_phones_are_two(them: Cast, answer: Answer) -> None:
    for says, because in (("i know now", ""), ("i know now", ""), ("no", "It is not so."), ("no", "It is not so.")):
        actions.confirm(them.amira, answer=answer, says=says, because=because, now=them.now)
    assert said(them) == ["answer.heard", "answer.not_heard"]
    assert [one.says for one in Confirmation.objects.order_by("pk")] == ["i know now", "no"]
    assert Due.objects.get().met_at is None


def test_the_same_no_after_a_new_answer_is_said_anew(them: Cast, answer: Answer) -> None:
    actions.confirm(them.amira, answer=answer, says="no", now=them.now)
    assert answer.theme is not None
    ground.draft(them, answer.theme, we_do="A night bus.")
    actions.publish(answer, by=them.dev, now=them.now + timedelta(days=1))
    actions.confirm(them.amira, answer=answer, says="no", now=them.now + timedelta(days=2))
    assert (Confirmation.objects.count(), Due.objects.get().met_at) == (2, None)


def test_stop_said_again_after_they_wanted_letters_stops_them_again(them: Cast, answer: Answer) -> None:
    for again in (False, True):
        actions.confirm(them.amira, answer=answer, says="stop writing to me", now=them.now)
        if not again:
            actions.write_again(them.amira, now=them.now)
    assert Wish.objects.get(person=them.amira).how_often == "never"


def test_nobody_is_told_under_a_theme_that_a_colleague_merged_a_moment_ago(them: Cast) -> None:
    theme, other = ground.theme(them, ground.card(them, them.amira)), ground.theme(them, ground.card(them, them.bo))
    answer = ground.draft(them, theme)
    read_before = Answer.objects.select_related("theme", "project").get(pk=answer.pk)
    act = actions.merge_themes(theme, into=other, by=them.dev, now=them.now)
    assert act == other
    with pytest.raises(refusals.ThemeWentElsewhere):
        actions.publish(read_before, by=them.dev, now=them.now)
    assert (Telling.objects.count(), list(Due.objects.exclude(met_at=None))) == (0, [])
    actions.put_back_theme(theme, by=them.dev, now=them.now)
    actions.publish(read_before, by=them.dev, now=them.now)
    assert Telling.objects.count() == 1


def test_of_two_who_word_an_answer_at_once_neither_loses_their_text(them: Cast, answer: Answer) -> None:
    version = AnswerVersion.objects.get(answer=answer)
    seen = seen_of(version, None)

    def word(texts: dict[str, str], seen: str | None) -> AnswerWording:
        fresh = AnswerVersion.objects.select_related("answer__project").get(pk=version.pk)
        return actions.word_answer(fresh, language="pl", easy=False, by=them.dev, now=them.now, seen=seen, **texts)

    row = word(POLISH, seen)
    with pytest.raises(refusals.WordedMeanwhile) as clash:
        word(OTHER, seen)
    assert clash.value.theirs == row
    assert AnswerWording.objects.get().we_do == "Taksówka."
    assert word(POLISH, seen) == row
    word(OTHER, clash.value.seen)
    assert AnswerWording.objects.get().we_do == "Taxi pod drzwi."


def test_a_wording_of_a_draft_that_was_changed_meanwhile_does_not_pass_for_one_of_the_new_text(them: Cast) -> None:
    theme = ground.theme(them, ground.card(them, them.amira))
    ground.draft(them, theme)
    read_before = AnswerVersion.objects.select_related("answer__project").get()
    seen = seen_of(read_before, None)
    ground.draft(them, theme, we_do="No taxi at all.")
    with pytest.raises(refusals.WordedMeanwhile):
        actions.word_answer(read_before, language="pl", easy=False, by=them.dev, now=them.now, seen=seen, **POLISH)
    assert AnswerWording.objects.count() == 0


def test_the_page_shows_both_texts_and_keeps_mine_with_one_more_press(them: Cast, answer: Answer) -> None:
    dev, path = signed_in(them.dev), f"/at/{them.project.address}/answers/{answer.uid}/wordings"
    seen = seen_of(AnswerVersion.objects.get(), None)
    assert f'value="{seen}"' in dev.get(path).content.decode()
    form = {"language": "pl", "seen": seen, "seen_in": "en-easy"}
    assert dev.post(path, form | POLISH).status_code == 302
    page = dev.post(path, form | OTHER)
    shown = page.content.decode()
    assert (page.status_code, "Taksówka." in shown, "Taxi pod drzwi." in shown) == (422, True, True)
    assert AnswerWording.objects.get().we_do == "Taksówka."
    seen = seen_of(AnswerVersion.objects.get(), AnswerWording.objects.get())
    assert f'value="{seen}"' in shown
    assert dev.post(path, form | OTHER | {"seen": seen, "seen_in": "pl"}).status_code == 302
    assert AnswerWording.objects.get().we_do == "Taxi pod drzwi."


def test_a_parked_subject_that_came_back_is_not_parked_again_by_who_settles_it_meanwhile(them: Cast) -> None:
    workshop = a_workshop(them)
    Workshop.objects.filter(pk=workshop.pk).update(state="open")
    live.park(them.project, workshop=workshop, person=them.amira, words="Buses.", sent_once="p", now=them.now)
    rows = [ParkedSubject.objects.select_related("workshop__project", "contribution").get() for _ in range(3)]
    on = date(2026, 5, 6)
    for one in rows[:2]:
        live.bring_back(one, on=on, by=them.dev, now=them.now)
    live.settle_parked(rows[2], when="now", owner="Priya", owner_agreed=True, return_on=on, by=them.dev, now=them.now)
    row = ParkedSubject.objects.get()
    assert (row.returned_on, row.owner) == (on, "Priya")
    assert Opening.objects.filter(kind="subject.returned").count() == 1
