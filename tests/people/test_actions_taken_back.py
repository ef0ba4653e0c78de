"""Who takes everything back, or has: nothing more is kept of them, whoever acts, and whatever somebody read a moment before."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.cast import NOW, Cast, a_workshop, cast
from tests.loop import ground
from withus.charter import actions as charter
from withus.charter.models import Signature
from withus.live import actions as live
from withus.live.actions import Row
from withus.live.actions.erasing import erase_if_still_due
from withus.live.models import Contribution, Rating
from withus.loop import actions as loop
from withus.loop.models import Confirmation
from withus.people import actions as people
from withus.people import link
from withus.people.models import Person
from withus.record.models import Entry
from withus.record.verify import verify
from withus.table import actions as table
from withus.table.models import Place, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def stale(person: Person) -> Person:
    """As a page read them, a moment before."""
    return Person.objects.select_related("project").get(pk=person.pk)


def asked_of(them: Cast, lead: Person) -> dict[str, Callable[[Person], object]]:
    """Every act by a person or about one that keeps something of them; each works while they are here."""
    given, now = ground.card(them, lead), them.now
    theme = ground.theme(them, given)
    answer = ground.draft(them, theme)
    loop.publish(answer, by=them.dev, now=now)
    workshop = a_workshop(them)
    table.change_place(
        lead, by=them.dev, now=now, role="member", group="", power="", workshops=[workshop], vote=None, chair=False
    )
    seat = Seat.objects.select_related("workshop__project", "person__project").get(person=lead)
    acts: dict[str, Callable[[Person], object]] = {
        "say": lambda one: live.add_contribution(them.project, person=one, words="More.", sent_once="later", now=now),
        "uses": lambda one: live.allow_uses(given, person=one, uses=["public"], now=now),
        "confirm": lambda one: loop.confirm(one, answer=answer, says="no", because="I am not content.", now=now),
        "fits": lambda one: loop.say_it_fits(given, theme=theme, person=one, right=False, now=now),
        "way": lambda one: table.choose_way(one, way="email", address="a@b.example", how_often="", now=now),
        "lived": lambda one: table.say_lived(one, lived="yes", now=now),
        "needs": lambda one: table.say_needs(one, needs=["a lift"], now=now),
        "comes": lambda _one: table.answer_invitation(seat, answer="yes", now=now),
        "signs": lambda one: charter.sign(them.project, person=one, now=now),
        "words": lambda one: people.new_link(one, card=given.mark, by=them.dev, now=now),
        "booked": lambda one: table.book(one, booked=["a taxi"], by=them.dev, now=now),
        "pay": lambda one: table.offer_pay(one, offer="25 pounds", state="offered", by=them.dev, now=now),
        "place": lambda one: table.change_place(
            one, by=them.dev, now=now, role="member", group="Us", power="", workshops=[], vote=None, chair=False
        ),
    }  # fmt: skip
    return acts


def test_nothing_more_is_kept_of_who_is_about_to_go_or_has_gone(them: Cast) -> None:
    acts = asked_of(them, them.joy)
    before = stale(them.joy)
    people.begin_erasing(them.joy, now=NOW, at_once=False)
    for gone in (False, True):
        if gone:
            live.erase_given(them.joy, now=NOW)
        kept = kept_of(them)
        for name, act in acts.items():
            with pytest.raises(people.TakenBack):
                act(before)
            assert kept_of(them) == kept, name
    assert verify(them.project).ok


def test_while_they_are_here_each_of_these_acts_is_theirs(them: Cast) -> None:
    """Or the test above could not fail."""
    for act in asked_of(them, them.joy).values():
        act(stale(them.joy))


def kept_of(them: Cast) -> tuple[object, ...]:
    return (
        Entry.objects.filter(project=them.project).count(),
        Contribution.objects.count(),
        Confirmation.objects.count(),
        Signature.objects.count(),
        list(Place.objects.filter(person=them.joy).values_list("role", "group", "lived")),
        list(Person.objects.filter(pk=them.joy.pk).values_list("generation", "link_index", "erasing_at", "erased_at")),
    )


def test_new_words_bring_nobody_back_who_takes_everything_back_meanwhile(them: Cast) -> None:
    read_before = stale(them.amira)
    people.begin_erasing(them.amira, now=NOW, at_once=False)
    with pytest.raises(people.TakenBack):
        people.new_link(read_before, card="K7-PAN", by=them.dev, now=NOW)
    fresh = Person.objects.get(pk=them.amira.pk)
    assert (fresh.erasing_at, fresh.generation) == (NOW + people.UNDO, 1)
    assert link.by_words(them.project, link.speakable(fresh)) == fresh


def test_whoever_was_erased_stays_erased_when_the_same_file_is_brought_in_again(them: Cast) -> None:
    rows = [
        Row(words="Zerafina said this.", sent_once="a", person_key="zerafina"),
        Row(words="A bench.", sent_once="b", person_key="tom"),
        Row(words="Nobody's row.", sent_once="c"),
    ]
    votes: list[tuple[str, str, int, datetime | None]] = [("b", "zerafina", 1, None), ("b", "tom", -1, None)]
    live.add_contributions(them.project, rows, by=them.dev, now=NOW)
    live.add_ratings(them.project, votes, digest="0" * 64, by=them.dev, now=NOW)
    for words in ("Zerafina said this.", "Nobody's row."):
        person = Contribution.objects.get(words=words).person
        assert person is not None
        live.erase_given(person, now=NOW)
    again = live.add_contributions(
        them.project, [*rows, Row(words="One more.", sent_once="d", person_key="zerafina")], by=them.dev, now=NOW
    )
    assert (again.new, [(number, type(why)) for number, why in again.refused]) == (
        0, [(0, people.TakenBack), (2, people.TakenBack), (3, people.TakenBack)],
    )  # fmt: skip
    assert live.add_ratings(them.project, votes, digest="1" * 64, by=them.dev, now=NOW) == 0
    assert list(Contribution.objects.exclude(words="").values_list("words", flat=True)) == ["A bench."]
    assert list(Rating.objects.values_list("value", flat=True)) == [-1]


def test_what_cannot_be_written_down_beside_the_data_is_not_erased(them: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full: it is tried again, and no backup can bring back whom no line names."""
    from withus.live.actions import erasing

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    ground.card(them, them.amira, "A bench.")
    monkeypatch.setattr(erasing, "_remember", full)
    with pytest.raises(OSError, match="No space"):
        live.erase_given(them.amira, now=datetime(2026, 5, 7, tzinfo=UTC))
    assert Person.objects.get(pk=them.amira.pk).erased_at is None
    assert Contribution.objects.get().words == "A bench."


def test_who_undoes_it_in_the_last_moment_is_not_erased(them: Cast) -> None:
    """The job had found them already."""
    ground.card(them, them.amira, "A bench.")
    people.begin_erasing(them.amira, now=NOW, at_once=True)
    found = stale(them.amira)
    people.stop_erasing(them.amira, now=NOW)
    assert not erase_if_still_due(found, now=NOW)
    assert (Person.objects.get(pk=found.pk).erased_at, Contribution.objects.get().words) == (None, "A bench.")
    people.begin_erasing(them.amira, now=NOW, at_once=True)
    assert live.erase_due(NOW) == 1
    assert Contribution.objects.get().words == ""


def test_whoever_presses_a_button_while_they_are_taken_back_reads_why_nothing_is_kept(them: Cast) -> None:
    workshop = a_workshop(them)
    table.change_place(
        them.joy, by=them.dev, now=NOW, role="member", group="", power="", workshops=[workshop], vote=None, chair=False
    )
    phone, at = Client(), f"/at/{them.project.address}"
    phone.get(link.path(them.joy))
    people.begin_erasing(them.joy, now=NOW, at_once=False)
    for path, said in (
        ("me/about/answer", {"workshop": str(workshop.uid), "answer": "yes"}),
        ("charter/sign", {}),
        ("me/about", {"needs": "a lift"}),
    ):
        answer = phone.post(f"{at}/{path}", said, follow=True)
        assert (answer.status_code in {200, 422}, "is being taken back here" in answer.content.decode()) == (
            True,
            True,
        ), path
