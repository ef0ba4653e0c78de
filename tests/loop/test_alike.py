"""Cards that are like one another are found by their letters."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, cast, signed_in
from tests.loop import ground
from withus.live.models import Contribution
from withus.loop import actions
from withus.loop.alike import like_this, telling_words
from withus.loop.sense.letters import NEARLY_THE_SAME, Letters

pytestmark = pytest.mark.django_db
BUS = "The last bus leaves before the group ends."


@pytest.fixture
def them() -> Cast:
    return cast()


@pytest.mark.parametrize(
    "edited",
    [
        "THE LAST BUS LEAVES BEFORE THE GROUP ENDS",
        "The last bus leaves befor the group ends.",
        "The last bus leaves before group ends!",
        "Honestly, the last bus leaves before the group ends.",
    ],
)
def test_edited_copies_are_nearly_the_same(edited: str) -> None:
    assert Letters.of(BUS).likeness(Letters.of(edited)) >= NEARLY_THE_SAME


IN_OTHER_SCRIPTS = [
    ("Ärzte fehlen überall.", "ÄRZTE FEHLEN ÜBERALL!"),
    ("Автобус не ходит вечером", "АВТОБУС НЕ ХОДИТ ВЕЧЕРОМ."),
    ("Τα λεωφορεία αργούν", "ΤΑ ΛΕΩΦΟΡΕΊΑ ΑΡΓΟΎΝ"),
    ("الحافلة لا تأتي في المساء", "الحافلة لا تأتي في المساء."),
    ("बस शाम को नहीं आती", "बस शाम को नहीं आती।"),
    ("รถเมล์ไม่มาตอนเย็น", "รถเมล์ไม่มาตอนเย็นเลย"),
    ("バスが夜に来ない", "バスが夜に来ないです。"),
    ("停车费太贵了", "停车费太贵"),
    ("저녁에 버스가 없어요", "저녁에는 버스가 없어요"),
    ("Too hot.", "too hot"),
]


@pytest.mark.parametrize(("one", "other"), IN_OTHER_SCRIPTS)
def test_in_every_script_near_repeats_find_each_other_whichever_is_asked_about(
    them: Cast, one: str, other: str
) -> None:
    cards = [ground.card(them, them.amira, one), ground.card(them, them.bo, other)]
    ground.card(them, them.bo, "Something else.")
    for card, twin in (cards, cards[::-1]):
        assert [(alike, likeness >= NEARLY_THE_SAME) for alike, likeness in like_this(card, them.project)] == [
            (twin, True)
        ]


def test_two_words_that_differ_in_a_vowel_sign_are_two_words() -> None:
    assert Letters.of("मेरी माता").likeness(Letters.of("मेरा मीता")) < NEARLY_THE_SAME
    assert Letters.of("cafe\u0301 in the evening").likeness(Letters.of("caf\u00e9 in the evening")) == pytest.approx(1)


@pytest.mark.parametrize("other", ["The tea is cold.", "", "باص", "🚌", "The last word of the meeting was kind."])
def test_other_things_are_not(other: str) -> None:
    assert Letters.of(BUS).likeness(Letters.of(other)) < NEARLY_THE_SAME


def test_likeness_is_even_handed_and_one_for_the_same_letters() -> None:
    one, other = Letters.of(BUS), Letters.of("A bus at ten would do.")
    assert one.likeness(one) == pytest.approx(1)
    assert one.likeness(other) == other.likeness(one)


def test_the_longest_words_tell_what_a_text_is_about() -> None:
    assert telling_words("It is the wheelchair ramp, the ramp!") == ["wheelchair", "ramp"]


def test_most_alike_first_and_nothing_of_another_project_or_without_content(them: Cast) -> None:
    bus = ground.card(them, them.amira, BUS)
    near = ground.card(them, them.bo, "the last bus leaves before the group ends")
    far = ground.card(them, them.bo, "Lights at the bus stop, before winter")
    ground.card(them, them.bo, "Tea")
    assert [card for card, _likeness in like_this(bus, them.project)] == [near, far]
    assert like_this(bus, them.sams_project) == []


def test_the_workbench_shows_them_with_the_card_itself_ticked(them: Cast) -> None:
    bus = ground.card(them, them.amira, BUS)
    near = ground.card(them, them.bo, BUS.lower())
    dev = signed_in(them.dev)
    page = dev.get(f"/at/{them.project.address}/themes?like={bus.uid}").content.decode()
    assert f'value="{bus.uid}" checked' in page
    assert f'value="{near.uid}">' in page
    assert "nearly the same words" in page


def test_like_this_asks_the_tables_as_often_for_three_as_for_one(them: Cast) -> None:
    bus = ground.card(them, them.amira, BUS)
    dev = signed_in(them.dev)
    address = f"/at/{them.project.address}/themes?like={bus.uid}"
    counts = []
    for n in (1, 2):
        for one in range(n):
            near = ground.card(them, them.bo, f"{BUS} {n}{one}")
            cards = Contribution.objects.filter(pk=near.pk)
            actions.cards_read(them.project, contributions=cards, by=them.dev, now=them.now)
        dev.get(address, headers={"HX-Request": "true"})
        with CaptureQueriesContext(connection) as asked:
            page = dev.get(address, headers={"HX-Request": "true"}).content.decode()
        assert page.count("nearly the same words") == [1, 3][n - 1]
        counts.append(len(asked))
    assert counts == [9, 9]


@pytest.mark.parametrize("like", ["x", "00000000-0000-4000-8000-000000000000"])
def test_a_card_that_is_not_here_shows_all_cards(them: Cast, like: str) -> None:
    ground.card(them, them.amira, BUS)
    dev = signed_in(them.dev)
    assert BUS in dev.get(f"/at/{them.project.address}/themes?like={like}").content.decode()
