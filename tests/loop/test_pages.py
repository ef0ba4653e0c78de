import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, cast, phone, signed_in, team
from tests.live import rooms
from tests.loop import ground
from withus.live import actions as live
from withus.live.models import Contribution
from withus.loop import actions, open_again
from withus.loop.models import Answer, AnswerVersion, Confirmation, Theme
from withus.people import actions as people
from withus.people.called import name_of
from withus.projects import actions as projects
from withus.projects.models import Part

pytestmark = pytest.mark.django_db
TEXTS = {
    "we_heard": "You can't get home.",
    "outcome": "not doing",
    "we_do": "We can't run a bus.",
    "because": "It costs too much.",
    "body": "Lantern House",
}


@pytest.fixture
def them() -> Cast:
    return cast()


def published(them: Cast) -> Answer:
    return ground.published(them, them.amira)


def test_the_team_puts_cards_together_answers_and_publishes(them: Cast) -> None:
    at, client = f"/at/{them.project.address}", team(them)
    card = ground.card(them, them.amira)
    sent = {"card": [str(card.uid)], "into": "new", "name": "Getting home"}
    assert client.post(f"{at}/themes", sent).status_code == 302
    theme = Theme.objects.get(placements__contribution=card)
    assert client.post(f"{at}/answers/new?theme={theme.uid}", TEXTS).status_code == 302
    answer = Answer.objects.get()
    assert client.get(f"{at}/answers/{answer.uid}/publish").status_code == 200
    assert client.post(f"{at}/answers/{answer.uid}/publish").status_code == 302
    assert AnswerVersion.objects.get().published_by == them.dev
    assert "We can&#x27;t run a bus." in Client().get(at).content.decode()


def test_an_answer_without_a_because_keeps_what_was_typed(them: Cast) -> None:
    theme = ground.theme(them, ground.card(them, them.amira))
    page = team(them).post(
        f"/at/{them.project.address}/answers/new?theme={theme.uid}", TEXTS | {"because": "", "we_do": "Typed once"}
    )
    assert page.status_code == 422
    assert "Typed once" in page.content.decode()


@pytest.mark.parametrize("page", ["themes", "letters", "telling", "close"])
def test_the_teams_pages_open_for_the_team_and_for_nobody_else(them: Cast, page: str) -> None:
    published(them)
    path = f"/at/{them.project.address}/{page}"
    other = signed_in(them.sam)
    assert team(them).get(path).status_code == 200
    assert other.get(path).status_code == 404


def test_a_person_reads_their_answer_and_says_that_they_know(them: Cast) -> None:
    answer, client = published(them), phone(them.amira)
    path = f"/at/{them.project.address}/me/answer/{answer.uid}"
    assert "The last bus goes at nine." in client.get(f"/at/{them.project.address}/me").content.decode()
    page = client.get(path).content.decode()
    assert page.count('name="says"') == 5
    assert "A taxi home." in page
    assert client.post(path, {"says": "i know now"}).status_code == 302
    assert Confirmation.objects.get().person == them.amira


def test_whoever_gave_something_finds_back_into_the_room_until_it_is_over() -> None:
    _them, workshop = rooms.open_room()
    given = rooms.Phone(workshop).join()
    given.says("A lamp in the window.")
    own, led = f"/at/{workshop.project.address}/me", f'href="{given.at()}"'
    assert given.gets(own).content.decode().count(led) == 1
    rooms.state(workshop, "ended")
    assert led not in given.gets(own).content.decode()


def test_a_promise_whose_day_has_passed_is_offered_no_new_day(them: Cast) -> None:
    answer, client = published(them), team(them)
    at, today = f"/at/{them.project.address}/answers/{answer.uid}", timezone.now().date()
    for days, offered in ((9, True), (-2, False)):
        AnswerVersion.objects.filter(answer=answer).update(promised_on=today + timedelta(days=days))
        assert (f'href="{at}/redate"' in client.get(f"{at}/publish").content.decode()) is offered
        assert ('name="on"' in client.get(f"{at}/redate").content.decode()) is offered
        assert ("Its day has passed" in client.get(at).content.decode()) is not offered


def test_saying_nothing_is_kept_as_nothing(them: Cast) -> None:
    answer = published(them)
    page = phone(them.amira).post(f"/at/{them.project.address}/me/answer/{answer.uid}", {"because": "Half typed"})
    assert page.status_code == 422
    assert "Half typed" in page.content.decode()
    assert not Confirmation.objects.exists()


def test_an_answer_to_others_is_nobody_elses_to_confirm(them: Cast) -> None:
    answer = ground.draft(them, ground.theme(them, ground.card(them, them.bo)))
    actions.publish(answer, by=them.dev, now=them.now)
    assert phone(them.amira).get(f"/at/{them.project.address}/me/answer/{answer.uid}").status_code == 404
    assert phone(them.amira).get(f"/at/{them.project.address}/me/answer/{uuid4()}").status_code == 404


def test_the_public_page_says_no_persons_words_and_no_draft(them: Cast) -> None:
    ground.draft(them, ground.theme(them, ground.card(them, them.amira)))
    page = Client().get(f"/at/{them.project.address}").content.decode()
    assert "The last bus goes at nine." not in page
    assert "A taxi home." not in page


def test_who_asked_to_be_erased_is_on_no_list_of_the_team_and_is_back_when_they_undo_it(them: Cast) -> None:
    published(them)
    at, client = f"/at/{them.project.address}", team(them)
    lists = [f"{at}/telling", f"{at}/in-person"]
    assert ["Amira" in client.get(path).content.decode() for path in lists] == [True, True]
    people.begin_erasing(them.amira, now=them.now, at_once=False)
    assert ["Amira" in client.get(path).content.decode() for path in lists] == [False, False]
    assert client.get(f"{at}/telling/{them.amira.uid}").status_code == 404
    assert client.post(f"{at}/telling/{them.amira.uid}/letter").status_code == 404
    people.stop_erasing(them.amira, now=them.now)
    assert ["Amira" in client.get(path).content.decode() for path in lists] == [True, True]


def test_the_mailbox_is_there_in_the_demo_only(them: Cast, settings: object) -> None:
    settings.WITHUS_DEMO = False  # type: ignore[attr-defined] # pytest-django's settings
    assert Client().get("/mailbox").status_code == 404
    settings.WITHUS_DEMO = True  # type: ignore[attr-defined] # pytest-django's settings
    assert Client().get("/mailbox").status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.7").get("/mailbox").status_code == 404


def test_an_empty_workbench_says_why_it_is_empty_and_what_comes_next(them: Cast) -> None:
    client, page = team(them), f"/at/{them.project.address}/themes"
    assert "No card has come in yet." in client.get(page).content.decode()
    card = ground.card(them, them.amira)
    assert card.mark in client.get(page).content.decode()
    ground.theme(them, card)
    text = client.get(page).content.decode()
    assert "Every card is in a theme. Open a theme to write its answer." in text
    assert "No card has come in yet." not in text


def test_an_answer_is_published_redated_and_kept_by_a_double_press_and_nobody_is_told_off(them: Cast) -> None:
    """The second press of the last look stood under “Published.” as “That did not happen”."""
    answer = ground.draft(them, ground.theme(them, ground.card(them, them.amira)))
    dev, at = team(them), f"/at/{them.project.address}/answers/{answer.uid}"
    read = {"version": str(Answer.objects.get(pk=answer.pk).version)}
    on = timezone.now().date() + timedelta(days=90)
    AnswerVersion.objects.update(promised_on=on - timedelta(days=30))
    for what, sent in (
        ("publish", read),
        ("redate", {"on": on.isoformat(), "because": "The bus is late."}),
        ("kept", {}),
    ):
        twice = [dev.post(f"{at}/{what}", sent) for _press in range(2)]
        assert [(what, one.status_code, one.get("Location")) for one in twice] == [
            (what, 302, f"/at/{them.project.address}/themes")
        ] * 2
    assert AnswerVersion.objects.filter(answer=answer).count() == 3
    other = signed_in(them.ada)
    projects.join_team(them.project, staff=them.ada, part=Part.FACILITATOR)
    assert other.post(f"{at}/publish", read).status_code == 409


def told_by(page: str) -> list[tuple[str, str]]:
    return re.findall(r"<b>([\w ]+)</b> told (\d+) p", page)


def said(client: Client, path: str) -> str:
    """The page without what is new in each answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(path).content.decode())


def test_thousands_of_people_are_listed_in_pages_and_found_by_name_or_mark(
    them: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withus.loop.pages.telling.A_PAGE", 2)
    cleo = people.add_person(them.project, now=them.now, name="Cleo Marsh")
    ground.published(them, them.amira, them.bo, cleo)
    client, path = team(them), f"/at/{them.project.address}/telling"

    def named(query: str) -> list[str]:
        return re.findall(r'<th scope="row">([^<]*)<', client.get(f"{path}{query}").content.decode())

    names = [name_of(one) for one in (them.amira, them.bo, cleo)]
    assert named("") + named("?page=2") == names
    assert named(f"?find={names[2][2:7].upper()}") == names[2:]
    mark = Contribution.objects.get(person=them.bo).mark
    assert named(f"?find={mark.lower()}") == [names[1]]
    assert named("?find=nobody-at-all") == []
    assert "Nobody who was told, or is to be told," in client.get(f"{path}?find=nobody-at-all").content.decode()


def test_an_answer_that_somebody_said_no_to_stands_on_the_workbench_without_who(them: Cast) -> None:
    answer = ground.published(them, them.amira, them.bo, outcome="done", promised_on=None)
    bench = f"/at/{them.project.address}/themes"
    assert "Somebody is owed an answer again" not in said(team(them), bench)
    actions.confirm(them.amira, answer=answer, says="i know, and i do not agree", because="Too late.", now=them.now)
    assert "Somebody is owed an answer again" not in said(team(them), bench)
    actions.confirm(them.bo, answer=answer, says="no", now=them.now)
    page = said(team(them), bench)
    assert "Somebody is owed an answer again after the one to “Getting home”." in page
    assert reverse("loop:publish", args=[them.project.address, answer.uid]) in page


@pytest.mark.parametrize("press", ["the card", "everything"])
def test_who_said_no_and_takes_it_all_back_is_owed_nothing_again(them: Cast, press: str) -> None:
    answer = ground.published(them, them.bo, outcome="done", promised_on=None)
    actions.confirm(them.bo, answer=answer, says="no", now=them.now)
    assert open_again.answers_open_again(them.project) == [answer]
    if press == "everything":
        people.begin_erasing(them.bo, now=them.now, at_once=False)
    else:
        live.withdraw(them.bo.contributions.get(), person=them.bo, now=them.now)
    assert open_again.answers_open_again(them.project) == []
    path = reverse("loop:publish", args=[them.project.address, answer.uid])
    assert "Somebody is owed an answer again" not in said(team(them), path)


def test_why_somebody_said_no_is_read_by_the_team_the_day_after_and_only_with_their_tick(them: Cast) -> None:
    answer = ground.published(them, them.amira, them.bo, them.joy)
    path = reverse("loop:publish", args=[them.project.address, answer.uid])
    for person, words, tick in ((them.amira, "The lift is missing", True), (them.bo, "Between us: my knee", False)):
        actions.confirm(person, answer=answer, says="no", because=words, beside=tick, now=them.now)
    actions.confirm(
        them.joy, answer=answer, says="i know, and i do not agree", because="Too late", beside=True, now=them.now
    )

    def wrote(days: int) -> list[str]:
        return open_again.wanted_read(answer, now=them.now + timedelta(days=days))

    assert (wrote(0), wrote(1)) == ([], ["The lift is missing"])
    assert "The lift is missing" in said(team(them), path)
    actions.confirm(
        them.amira, answer=answer, says="no", because="The lift is missing", now=them.now + timedelta(days=2)
    )
    assert wrote(3) == []


def test_of_somebody_with_many_cards_a_few_marks_stand_there(them: Cast) -> None:
    nobody = people.add_person(them.project, now=them.now, came_by="import")
    ground.published(them, nobody)
    for number in range(10):
        ground.card(them, nobody, f"Card {number}")
    page = team(them).get(f"/at/{them.project.address}/telling").content.decode()
    assert page.count('class="cmark"') == 8
    assert "and 3 more cards" in page


def test_the_overview_says_who_of_the_team_told_how_many_and_never_who_confirmed(them: Cast) -> None:
    answer = ground.published(them, them.amira, them.bo)
    client, path = team(them), f"/at/{them.project.address}/telling"
    assert "Who of you told people themselves" not in client.get(path).content.decode()
    for person in (them.amira, them.bo):
        actions.note_told(person, answers=[answer], how="at the door", by=them.dev, now=them.now)
    actions.note_told(them.amira, answers=[answer], how="rung up", by=them.ada, now=them.now)
    actions.note_told(them.amira, answers=[answer], how="rung up again", by=them.ada, now=them.now)
    page = said(client, path)
    assert told_by(page) == [(them.dev.name, "2"), (them.ada.name, "1")]
    actions.confirm(them.amira, answer=answer, says="i know now", now=them.now)
    assert said(client, path) == page
    people.begin_erasing(them.amira, now=them.now, at_once=False)
    assert told_by(client.get(path).content.decode()) == [(them.dev.name, "1")]
