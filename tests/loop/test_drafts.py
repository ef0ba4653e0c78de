"""Two people on one draft, and promises that cannot be moved in passing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, cast, team
from tests.live.rooms import text_of
from tests.loop import ground
from tests.site.forms import Sent, forms_of
from withus.loop import actions, asks, refusals
from withus.loop.models import Answer, AnswerVersion
from withus.record.models import Opening

pytestmark = pytest.mark.django_db
DUE = date(2026, 9, 1)


@pytest.fixture
def them() -> Cast:
    return cast()


def form(**more: str) -> dict[str, str]:
    texts = {"we_heard": "Heard.", "outcome": "doing", "we_do": "A taxi home.", "because": "Why.", "body": "Us"}
    return {**texts, "promised_on": "2099-09-01", **more}


def test_of_two_who_write_one_draft_neither_loses_their_text(them: Cast) -> None:
    about = ground.theme(them, ground.card(them, them.amira))
    answer = ground.draft(them, about)
    client, page = team(them), f"/at/{them.project.address}/answers/{answer.uid}"
    assert client.post(page, form(we_do="Joy's text", version="1")).status_code == 302
    clash = client.post(page, form(we_do="Dev's text", version="1"))
    assert clash.status_code == 422
    assert "Joy&#x27;s text" in clash.content.decode()
    assert "Dev&#x27;s text" in clash.content.decode()
    assert AnswerVersion.objects.get().we_do == "Joy's text"
    assert 'name="version" value="2"' in clash.content.decode()
    assert client.post(page, form(we_do="Both texts", version="2")).status_code == 302
    assert AnswerVersion.objects.get().we_do == "Both texts"


def test_two_who_begin_an_answer_at_the_same_time_see_both(them: Cast) -> None:
    about = ground.theme(them, ground.card(them, them.amira))
    client: Any = team(them)
    page = f"/at/{them.project.address}/answers/new?theme={about.uid}"
    client.get(page)
    assert client.post(page, form(we_do="First", version="0")).status_code == 302
    clash = client.post(page, form(we_do="Second", version="0"))
    assert (clash.status_code, Answer.objects.count(), AnswerVersion.objects.get().we_do) == (422, 1, "First")
    assert "First" in text_of(clash)
    assert "Second" in text_of(clash)


def test_what_changed_since_it_was_read_does_not_go_out(them: Cast) -> None:
    about = ground.theme(them, ground.card(them, them.amira))
    answer = ground.draft(them, about)
    ground.draft(them, about, we_do="Something else.")
    with pytest.raises(refusals.ReadItAgain):
        actions.publish(answer, by=them.dev, now=them.now, version=1)
    assert actions.publish(answer, by=them.dev, now=them.now, version=2).we_do == "Something else."


def test_a_newer_answer_keeps_the_promised_day_even_where_it_says_none(them: Cast) -> None:
    about = ground.theme(them, ground.card(them, them.amira))
    actions.publish(ground.draft(them, about), by=them.dev, now=them.now)
    answer = ground.draft(them, about, we_do="We stop.", outcome="not doing", promised_on=None)
    assert actions.publish(answer, by=them.dev, now=them.now).promised_on == DUE
    late = asks.counters(them.project, now=them.now.replace(month=9, day=4)).overdue
    assert [(one.on, one.days_late) for one in late] == [(DUE, 3)]


@pytest.mark.parametrize("because", ["", "  "])
def test_a_newer_answer_moves_no_day_without_a_reason(them: Cast, because: str) -> None:
    about = ground.theme(them, ground.card(them, them.amira))
    actions.publish(ground.draft(them, about), by=them.dev, now=them.now)
    with pytest.raises(refusals.RedateBeforeTheDay):
        ground.draft(them, about, promised_on=date(2026, 10, 1), redated_because=because)


def test_after_its_day_a_newer_answer_moves_nothing_and_can_still_be_written(them: Cast) -> None:
    about = ground.theme(them, ground.card(them, them.amira))
    actions.publish(ground.draft(them, about), by=them.dev, now=them.now)
    later = them.now.replace(month=9, day=4)
    with pytest.raises(refusals.RedateBeforeTheDay):
        ground.draft(them, about, now=later, promised_on=date(2026, 10, 1), redated_because="The driver is ill.")
    answer = ground.draft(them, about, now=later, we_do="The driver is ill. We look for another.", promised_on=DUE)
    actions.publish(answer, by=them.dev, now=later)
    assert [one.on for one in asks.counters(them.project, now=later).overdue] == [DUE]


def test_a_day_moved_in_time_in_a_newer_answer_is_on_the_record_with_both_days(them: Cast) -> None:
    about = ground.theme(them, ground.card(them, them.amira))
    actions.publish(ground.draft(them, about), by=them.dev, now=them.now)
    answer = ground.draft(them, about, promised_on=date(2026, 10, 1), redated_because="The driver is ill.")
    version = actions.publish(answer, by=them.dev, now=them.now)
    facts = [one.facts for one in Opening.objects.filter(kind="promise.redated")]
    assert facts == [{"before": "2026-09-01", "after": "2026-10-01"}]
    assert version.redated_because == "The driver is ill."


def test_a_draft_that_moves_the_day_in_time_but_goes_out_late_is_refused(them: Cast) -> None:
    about = ground.theme(them, ground.card(them, them.amira))
    actions.publish(ground.draft(them, about), by=them.dev, now=them.now)
    answer = ground.draft(them, about, promised_on=date(2026, 10, 1), redated_because="The driver is ill.")
    with pytest.raises(refusals.RedateBeforeTheDay):
        actions.publish(answer, by=them.dev, now=them.now + timedelta(days=130))


def test_a_new_day_moves_the_draft_that_kept_the_old_one_along(them: Cast) -> None:
    about = ground.theme(them, ground.card(them, them.amira))
    answer = ground.draft(them, about)
    actions.publish(answer, by=them.dev, now=them.now)
    ground.draft(them, about, we_do="Half done.")
    actions.redate(answer, on=date(2026, 10, 1), because="Ill.", by=them.dev, now=them.now)
    version = actions.publish(answer, by=them.dev, now=them.now)
    assert (version.we_do, version.promised_on, version.redated_because) == ("Half done.", date(2026, 10, 1), "Ill.")


def test_published_twice_by_a_double_press_it_is_out_once_and_nothing_is_refused(them: Cast) -> None:
    answer = ground.draft(them, ground.theme(them, ground.card(them, them.amira)), outcome="done", promised_on=None)
    client, path = team(them), f"/at/{them.project.address}/answers/{answer.uid}/publish"
    said = {"version": str(answer.version)}
    for _press in range(2):
        page = client.post(path, said, follow=True)
        assert (page.status_code, "Published. Each person is told" in page.content.decode()) == (200, True)
    assert answer.versions.count() == 1


def test_an_answer_that_is_saved_as_it_stands_is_no_newer_one(them: Cast) -> None:
    """What is public gets no draft that says the same, and a draft is no newer by it: whoever has it open loses nothing."""
    answer = ground.draft(them, ground.theme(them, ground.card(them, them.amira)), outcome="done", promised_on=None)
    client, path = team(them), f"/at/{them.project.address}/answers/{answer.uid}"

    def saved() -> tuple[int, int]:
        assert client.post(path, fields(client, path)).status_code == 302
        answer.refresh_from_db()
        return answer.version, answer.versions.count()

    assert saved() == (1, 1)
    actions.publish(answer, by=them.dev, now=them.now)
    assert saved() == (1, 1)
    page = client.post(path, fields(client, path), follow=True).content.decode()
    assert "Nothing was changed, so nobody is told anything new." in page


def fields(client: Client, path: str) -> Sent:
    """What the form sends as it stands."""
    (form,) = [one for one in forms_of(client.get(path).content.decode()) if any(f.name == "we_do" for f in one.fields)]
    return form.as_it_stands()
