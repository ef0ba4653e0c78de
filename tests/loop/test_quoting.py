"""An answer does not go out with somebody's own words, as they wrote them or nearly, while they have not said yes to that."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, cast, team
from tests.loop import ground
from withus.live import actions as live
from withus.live.models import Contribution
from withus.loop import actions, refusals
from withus.loop.models import Answer, AnswerVersion, Telling
from withus.loop.models_of_answers import AnswerWording
from withus.loop.quoting import Quoted, quoted_without_a_yes
from withus.people.actions import add_persons
from withus.record.models import Opening
from withus.record.verify import verify

pytestmark = pytest.mark.django_db
LONG = "I waited at the stop by the church for an hour, alone."
PROMISED = date(2090, 9, 1)
STOPS = "It does not go out yet."


@pytest.fixture
def them() -> Cast:
    return cast()


def about(them: Cast, *cards: Contribution, we_heard: str, name: str = "Waiting") -> Answer:
    theme = actions.make_theme(them.project, name=name, by=them.dev, now=them.now, contributions=cards, read=True)
    return ground.draft(them, theme, we_heard=we_heard, promised_on=PROMISED)


def last_look(them: Cast, answer: Answer) -> str:
    return f"/at/{them.project.address}/answers/{answer.uid}/publish"


@pytest.mark.parametrize(
    ("card", "name", "we_heard", "found"),
    [
        (LONG, "Waiting", "You waited alone for an hour.", ""),
        (LONG, "At the stop by the church, for an hour", "You wait.", "at the stop by the church for an hour"),
        (LONG, "Waiting", "“I waited at the stop by the church.”", "i waited at the stop by the church"),
        (LONG, "Waiting", "You told us: I waited at the bus stop by the church.", "i waited at the bus stop by the church"),
        (LONG, "Waiting", "I waitd at the stop by the chruch for an hour, alone.", "at the stop by the chruch for an hour alone"),
        ("Nobody can get home", "Nobody can get home!", "You wait.", "nobody can get home"),
        ("Nobody can get home", "Waiting", "Nobody can get home after nine, we heard.", ""),
        ("Getting home", "Getting home", "Getting home.", ""),
        (
            "ЖДАЛА НА ОСТАНОВКЕ ЦЕЛЫЙ ЧАС ОДНА",
            "Ждала на остановке целый час одна",
            "x",
            "ждала на остановке целый час одна",
        ),
        ("我在教堂旁边的车站一个人等了一个小时", "x", "有人在教堂旁边的车站一个人等了一个小时。", "在教堂旁边的车站一个人等了一个小时"),
    ],
)  # fmt: skip
def test_somebodys_words_are_found_by_letters_and_a_common_phrase_is_not(
    them: Cast, card: str, name: str, we_heard: str, found: str
) -> None:
    mine = ground.card(them, them.amira, card)
    answer = about(them, mine, we_heard=we_heard, name=name)
    version = AnswerVersion.objects.get()
    assert quoted_without_a_yes(version) == ([Quoted(found, (mine.mark,))] if found else [])
    page = team(them).get(last_look(them, answer)).content.decode()
    assert ("own words</h2>" in page) is bool(found)
    live.allow_uses(mine, person=them.amira, uses=["public"], now=them.now)
    assert quoted_without_a_yes(version) == []


def test_it_stops_until_whose_words_they_are_says_yes_and_no_draft_is_lost(them: Cast) -> None:
    mine = ground.card(them, them.amira, LONG)
    answer, client = about(them, mine, we_heard=f"You said: {LONG}"), team(them)
    page = client.post(last_look(them, answer), {"version": answer.version})
    text = page.content.decode()
    assert (page.status_code, STOPS in text, "Or ask whoever wrote it." in text, "in your own words" in text) == (
        409,
        True,
        True,
        True,
    )
    assert (AnswerVersion.objects.get().published_at, Telling.objects.count()) == (None, 0)
    assert AnswerVersion.objects.get().we_heard == f"You said: {LONG}"
    live.allow_uses(mine, person=them.amira, uses=["public"], now=them.now)
    assert client.post(last_look(them, answer), {"version": answer.version}).status_code == 302
    assert AnswerVersion.objects.get().published_at is not None


def test_a_yes_for_another_use_is_no_yes_for_this(them: Cast) -> None:
    mine = ground.card(them, them.amira, LONG)
    answer = about(them, mine, we_heard=LONG)
    live.allow_uses(mine, person=them.amira, uses=["training", "report"], now=them.now)
    with pytest.raises(refusals.PeoplesOwnWords):
        actions.publish(answer, by=them.dev, now=them.now)


def test_the_tick_that_everybody_says_it_so_is_on_the_record_and_for_those_words_only(them: Cast) -> None:
    first, second = (
        ground.card(them, them.amira, LONG),
        ground.card(them, them.bo, "We need a warm room with a kettle in it."),
    )
    answer, client = about(them, first, we_heard=f"{LONG} We need a warm room with a kettle."), team(them)
    keys = {one.marks: one.key for one in quoted_without_a_yes(AnswerVersion.objects.get())}
    half = client.post(last_look(them, answer), {"version": answer.version, "not_theirs": keys[(first.mark,)]})
    assert (half.status_code, half.content.decode().count('name="not_theirs"')) == (409, 2)
    assert f'value="{keys[(first.mark,)]}" form="publish" checked' in half.content.decode()
    assert Opening.objects.filter(kind="words.nobodys_own").count() == 0
    both = {"version": answer.version, "not_theirs": [*keys.values(), "0" * 16]}
    assert client.post(last_look(them, answer), both).status_code == 302
    entry = Opening.objects.get(kind="words.nobodys_own")
    assert (entry.about, entry.facts) == (str(answer.uid), {"keys": sorted(keys.values())})
    assert second.mark in {mark for marks in keys for mark in marks}
    assert verify(them.project).ok
    answer.refresh_from_db()
    assert answer.not_theirs == sorted(keys.values())


@pytest.mark.parametrize(("people", "stops"), [(4, True), (5, False)])
def test_what_five_people_say_alike_is_nobodys_own(them: Cast, people: int, stops: bool) -> None:
    made = add_persons(them.project, uids=[uuid4() for _ in range(people)], now=them.now, came_by="import")
    cards = [ground.card(them, one, f"The staff were friendly and very helpful {n}.") for n, one in enumerate(made)]
    about(them, *cards, we_heard="The staff were friendly and very helpful.")
    assert bool(quoted_without_a_yes(AnswerVersion.objects.get())) is stops


def test_words_of_a_card_in_no_theme_stop_it_too(them: Cast) -> None:
    ground.card(them, them.bo, LONG)
    answer = about(them, ground.card(them, them.amira, "bus"), we_heard=LONG)
    with pytest.raises(refusals.PeoplesOwnWords):
        actions.publish(answer, by=them.dev, now=them.now)


def test_other_words_for_an_answer_and_the_reason_for_a_new_day_stop_likewise_and_stay_typed(them: Cast) -> None:
    mine, client = ground.card(them, them.amira, LONG), team(them)
    answer = about(them, mine, we_heard="You wait.")
    base = f"/at/{them.project.address}/answers/{answer.uid}"
    words = {"language": "en", "easy": "on", "we_heard": LONG, "we_do": "A taxi.", "because": "You asked."}
    page = client.post(f"{base}/wordings", words)
    assert (page.status_code, LONG in page.content.decode(), 'name="not_theirs"' in page.content.decode()) == (
        422,
        True,
        True,
    )
    assert not AnswerWording.objects.exists()
    key = Quoted("i waited at the stop by the church for an hour alone", ()).key
    assert client.post(f"{base}/wordings", {**words, "not_theirs": key}).status_code == 302
    assert AnswerWording.objects.get().we_heard == LONG
    Answer.objects.update(not_theirs=[])
    actions.publish(answer, by=them.dev, now=them.now)
    late = client.post(f"{base}/redate", {"on": "2091-03-01", "because": f"Because {LONG}"})
    assert (late.status_code, LONG in late.content.decode(), 'name="not_theirs"' in late.content.decode()) == (
        422,
        True,
        True,
    )
    assert AnswerVersion.objects.order_by("-number")[0].promised_on == PROMISED


def test_of_a_theme_s_name_a_report_and_why_it_is_late_the_team_is_told(them: Cast) -> None:
    mine, client = ground.card(them, them.amira, LONG), team(them)
    told = f"so it stands on {mine.mark}"
    theme = actions.make_theme(them.project, name="x", by=them.dev, now=them.now, contributions=[mine])
    at = f"/at/{them.project.address}"

    def says(path: str, sent: dict[str, str]) -> bool:
        return told in client.post(f"{at}/{path}", sent, follow=True).content.decode()

    assert says(f"themes/{theme.uid}", {"do": "rename", "name": "At the stop by the church, an hour", "version": "1"})
    assert not says(f"themes/{theme.uid}", {"do": "rename", "name": "Waiting", "version": "2"})
    assert says("report", {"version": "0", "aim": LONG})
    live.allow_uses(mine, person=them.amira, uses=["report"], now=them.now)
    assert not says("report", {"version": "1", "aim": LONG})


def test_a_public_page_never_says_them(them: Cast) -> None:
    """What the gate is for, from the reader's side."""
    mine = ground.card(them, them.amira, LONG)
    answer = about(them, mine, we_heard=LONG)
    team(them).post(last_look(them, answer), {"version": answer.version})
    assert "by the church" not in Client().get(f"/at/{them.project.address}").content.decode()


@pytest.mark.parametrize("cards", [1, 3])
def test_it_asks_the_same_however_many_cards(
    them: Cast, cards: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    about(them, *(ground.card(them, them.amira, f"{LONG} {n}") for n in range(cards)), we_heard=LONG)
    version = AnswerVersion.objects.select_related("answer__project", "answer__theme", "answer__learned").get()
    with django_assert_num_queries(3):
        quoted_without_a_yes(version)
