"""The pages of findings with the cast: who reads what, where each stands, and how it is answered."""

import re

import pytest
from django.test import Client

from tests.cast import NOW, Cast, cast
from tests.findings.test_actions import OWNED, lonely
from tests.live.rooms import Phone
from withus.findings import actions
from withus.findings.models import Answered, Found, Judged, NotKnown
from withus.people import actions as people
from withus.traps.catalogue import catalogue

pytestmark = pytest.mark.django_db


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", answer.content.decode())


def staff(person: object) -> Client:
    client = Client()
    client.force_login(person, backend="sesame.backends.ModelBackend")  # type: ignore[arg-type] # a Staff
    return client


def found(
    them: Cast, level: str, *, trap: int = 1, where: str = "project", sentence: str = "This looks late."
) -> Found:
    return Found.objects.create(
        project=them.project, rule=f"T{trap}99", name="late", trap=trap, level=level, where=where, sentence=sentence,
        way_out=["Say so."], found_at=NOW,
    )  # fmt: skip


def test_everybody_reads_stops_and_warnings_in_plain_words_and_no_notice() -> None:
    them = cast()
    Found.objects.filter(project=them.project).delete()
    for level in ("stop", "warn", "notice", "praise"):
        found(them, level, where=level, sentence=f"Sentence of a {level}.")
    read = page(Client(), f"/at/{them.project.address}/wrong")
    assert [level for level in ("stop", "warn", "notice", "praise") if f"Sentence of a {level}." in read] == [
        "stop",
        "warn",
    ]
    team = page(staff(them.dev), f"/at/{them.project.address}/findings")
    assert "Sentence of a notice." in team


def test_what_everybody_reads_holds_no_code_of_a_rule_in_words_or_addresses() -> None:
    """Codes stand in the team's own addresses only, where a word would say more to whoever looks over a shoulder."""
    them = cast()
    for trap in range(1, 6):
        found(them, "stop", where=f"workshop:w{trap}", sentence=f"Sentence {trap}.", trap=trap)
    for where in ("/wrong", ""):
        assert re.findall(r"\bT[1-5]\d\d\b", page(Client(), f"/at/{them.project.address}{where}")) == []
    assert "T199" in page(staff(them.dev), f"/at/{them.project.address}/findings")


def test_a_reason_stands_beside_its_finding_with_a_name() -> None:
    them = cast()
    one = found(them, "warn")
    client = staff(them.dev)
    path = f"/at/{them.project.address}/findings/{one.rule}/explain?where={one.where}"
    assert "This looks late." in page(client, path)
    answer = client.post(path, {"because": "The group wanted it so."})
    assert (answer.status_code, answer["Location"]) == (302, f"/at/{them.project.address}/findings")
    read = page(Client(), f"/at/{them.project.address}/wrong")
    assert "The group wanted it so." in read
    assert "Dev, " in read
    assert "This looks late." in read


def test_an_empty_reason_is_refused_and_nothing_is_kept() -> None:
    them = cast()
    one = found(them, "warn")
    path = f"/at/{them.project.address}/findings/{one.rule}/explain?where={one.where}"
    assert staff(them.dev).post(path, {"because": " "}).status_code == 422
    assert not Answered.objects.exists()


def test_something_that_no_rule_saw_is_owned_told_and_stays_in_public() -> None:
    them = cast()
    client = staff(them.dev)
    path = f"/at/{them.project.address}/findings/wrong"
    assert client.post(path, OWNED | {"cost": ""}).status_code == 422
    assert client.post(path, OWNED).status_code == 302
    phone = Phone(workshop=None, client=Client())  # type: ignore[arg-type] # a Staff
    phone.opens_link(them.amira)
    for reader, where in ((Client(), "/wrong"), (Client(), ""), (phone.client, "/me"), (client, "/findings")):
        read = page(reader, f"/at/{them.project.address}{where}")
        for words in OWNED.values():
            assert words in read, where


def test_the_other_people_s_project_answers_nothing() -> None:
    them = cast()
    one = found(them, "stop")
    for path in (
        f"findings/{one.rule}/explain",
        f"findings/{one.rule}/own",
        "findings/wrong",
        f"findings/{one.rule}/mend",
    ):
        assert staff(them.sam).post(f"/at/{them.project.address}/{path}?where={one.where}", OWNED).status_code == 404
    assert not Answered.objects.exists()


def test_a_finding_leads_to_what_can_be_changed_and_changes_nothing() -> None:
    them = cast()
    workshop = lonely(them)
    before = Judged.objects.get(project=them.project).at
    client, at = staff(them.dev), f"/at/{them.project.address}"
    for where, leads in (
        (f"workshop:w{workshop.pk}", f"{at}/plan/{workshop.uid}"),
        ("table", f"{at}/table"),
        ("feedback", f"{at}/themes"),
        ("project", f"{at}/charter"),
        ("decision:d0", f"{at}/charter"),
        ("decision:d\u00b2", f"{at}/charter"),
    ):
        one = found(them, "warn", where=where)
        answer = client.get(f"{at}/findings/{one.rule}/mend", {"where": where})
        assert (answer.status_code, answer["Location"]) == (302, leads)
        one.delete()
    assert Judged.objects.get(project=them.project).at == before


def test_what_speaks_of_a_workshop_stands_beside_its_plan_and_not_beside_another() -> None:
    them = cast()
    workshop = lonely(them)
    Found.objects.filter(project=them.project).delete()
    found(them, "warn", trap=2, where=f"workshop:w{workshop.pk}", sentence="No room to wander.")
    found(them, "warn", trap=2, where=f"workshop:w{workshop.pk}1", sentence="Another workshop.")
    read = page(staff(them.dev), f"/at/{them.project.address}/plan/{workshop.uid}")
    assert "No room to wander." in read
    assert "Another workshop." not in read


def test_the_project_s_page_sums_up_each_trap_without_a_score() -> None:
    them = cast()
    Found.objects.filter(project=them.project).delete()
    NotKnown.objects.filter(project=them.project).delete()
    NotKnown.objects.bulk_create(
        NotKnown(project=them.project, rule=f"T10{n}", trap=1, missing=["x"]) for n in range(3)
    )
    one = found(them, "warn", trap=2, where="a")
    found(them, "stop", trap=2, where="b")
    found(them, "warn", trap=4, where="c")
    actions.explain(them.project, rule="T499", where="c", because="They chose it.", by=them.dev, now=NOW)
    read = re.sub(r"<[^>]+>", "", page(staff(them.dev), f"/at/{them.project.address}/charter"))
    assert one.rule
    for said in (
        "Already agreed: nothing seen, 3 things not known",
        "No wandering: 2 things to look at",
        "The token seat: nothing seen",
        "Blank flip chart: 1 thing seen, and answered",
        "Off into the sunset: nothing seen",
    ):
        assert said in read
    assert "%" not in read.partition("Already agreed")[2].partition("Off into")[0]


def test_the_team_is_never_told_that_it_is_one_person_who_has_lived_through_it() -> None:
    them = cast()
    Found.objects.filter(project=them.project).delete()
    rule = catalogue()["T301"].rule
    Found.objects.create(
        project=them.project, rule="T301", name=rule.name, trap=3, level="stop", where="workshop:w1",
        sentence=rule.sentence, evidence={"room": 9}, way_out=list(rule.way_out), found_at=NOW,
    )  # fmt: skip
    text = page(staff(them.dev), f"/at/{them.project.address}/findings")
    assert "Fewer than 5 people with lived experience are in a room of 9." in text
    assert "One person" not in text
    assert "the one person" not in text


def test_who_is_told_by_post_has_a_letter_to_print_and_who_wants_none_is_left_in_peace() -> None:
    them = cast()
    people.set_way(them.amira, kind="post", address="1 Mill Street")
    people.set_way(them.bo, kind="phone", address="01632 960 001")
    people.set_way(them.joy, kind="post", address="2 Mill Street")
    people.set_wish(them.joy, how_often="never")
    answered = actions.own(them.project, rule="", where="project", **OWNED, by=them.dev, now=NOW)
    path = f"/at/{them.project.address}/findings/owned/{answered.uid}"
    text = page(staff(them.dev), path)
    assert [one in text for one in ("1 Mill Street", "01632 960 001", "2 Mill Street")] == [True, True, False]
    assert path in page(staff(them.dev), f"/at/{them.project.address}/findings")
    assert staff(them.sam).get(path).status_code == 404
    assert path not in page(Client(), f"/at/{them.project.address}/wrong")


@pytest.mark.parametrize("code", ["T503", "T509"])
def test_no_page_says_how_many_have_heard(code: str) -> None:
    """The team knows whom it told today: a number that then moves by one would be that person."""
    them = cast()
    Found.objects.filter(project=them.project).delete()
    one = found(them, "warn", trap=5, sentence="Of %(gave)s and %(reached)s, %(heard)s say that they heard.")
    for heard in (0, 7):
        Found.objects.filter(pk=one.pk).update(rule=code, evidence={"gave": 63, "reached": 61, "heard": heard})
        for client, path in ((Client(), "wrong"), (staff(them.dev), "findings")):
            read = page(client, f"/at/{them.project.address}/{path}")
            assert f"Of 63 and 61, {heard} say" not in read
            assert "say that they heard." in read or "says that they know of it." in read
