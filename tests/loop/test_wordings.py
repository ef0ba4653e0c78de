"""An answer in Easy Read and in other languages."""

from datetime import date

import pytest
from django.test import Client

from tests.cast import Cast, cast, signed_in
from tests.loop import ground
from withus.loop import actions, refusals
from withus.loop.models import Answer, AnswerVersion, Telling
from withus.loop.models_of_answers import AnswerWording
from withus.loop.wordings import all_of, for_person
from withus.people import actions as people
from withus.people import link
from withus.people.models import Person

pytestmark = pytest.mark.django_db
EASY = {"we_heard": "You want to get home.", "we_do": "A taxi takes you.", "because": "Buses stop at nine."}
POLISH = {"we_heard": "Chcecie wrócić do domu.", "we_do": "Taksówka.", "because": "Autobus jeździ do dziewiątej."}


@pytest.fixture
def them() -> Cast:
    return cast()


@pytest.fixture
def answer(them: Cast) -> Answer:
    return ground.published(them, them.amira)


def put(them: Cast, answer: Answer, language: str, texts: dict[str, str], *, easy: bool = False) -> None:
    version = AnswerVersion.objects.filter(answer=answer).order_by("-number")[0]
    actions.word_answer(version, language=language, easy=easy, by=them.dev, now=them.now, **texts)


def reads(person: Person, answer: Answer, picked: str = "") -> tuple[str, str]:
    fresh = Person.objects.get(pk=person.pk)
    text = for_person(fresh, all_of(AnswerVersion.objects.filter(answer=answer).order_by("-number")[0]), picked)
    return text.we_do, text.wanted


def test_whoever_reads_polish_reads_polish_and_everybody_can_pick(them: Cast, answer: Answer) -> None:
    put(them, answer, "pl", POLISH)
    assert reads(them.amira, answer) == ("A taxi home.", "")
    assert reads(them.amira, answer, "pl") == ("Taksówka.", "")
    Person.objects.filter(pk=them.amira.pk).update(language="pl")
    assert reads(them.amira, answer) == ("Taksówka.", "")
    assert reads(them.amira, answer, "original") == ("A taxi home.", "")


def test_where_there_is_none_the_original_is_marked(them: Cast, answer: Answer) -> None:
    put(them, answer, "pl", POLISH)
    Person.objects.filter(pk=them.amira.pk).update(language="ar")
    assert reads(them.amira, answer) == ("A taxi home.", "العربيّة")


def test_who_asked_for_easy_read_reads_it(them: Cast, answer: Answer) -> None:
    put(them, answer, "en", EASY, easy=True)
    assert reads(them.amira, answer) == ("A taxi home.", "")
    people.set_needs(them.amira, needs=["Easy Read, please"])
    assert reads(them.amira, answer) == ("A taxi takes you.", "")


def test_all_of_it_is_worded_and_never_the_original_itself(them: Cast, answer: Answer) -> None:
    for language, texts in (("pl", POLISH | {"because": " "}), ("no such", POLISH)):
        with pytest.raises(refusals.WordAllOfIt):
            put(them, answer, language, texts)
    with pytest.raises(refusals.ThatIsTheOriginal):
        put(them, answer, "en", EASY)


def test_a_kept_promise_keeps_its_wordings_and_a_new_text_has_none(them: Cast, answer: Answer) -> None:
    put(them, answer, "pl", POLISH)
    actions.keep_promise(answer, on=date(2026, 5, 6), by=them.dev, now=them.now)
    assert reads(them.amira, answer, "pl") == ("Taksówka.", "")
    assert answer.theme is not None
    actions.publish(ground.draft(them, answer.theme, we_do="A bus."), by=them.dev, now=them.now)
    assert reads(them.amira, answer, "pl") == ("A bus.", "")


def test_the_mail_is_in_their_words_too_and_nobody_is_told_again(them: Cast, answer: Answer) -> None:
    ground.by_email(them, them.amira)
    Person.objects.filter(pk=them.amira.pk).update(language="pl")
    theme = ground.theme(them, ground.card(them, them.amira, "Tea."))
    other = ground.draft(them, theme, we_do="More tea.")
    put(them, other, "pl", POLISH)
    actions.publish(other, by=them.dev, now=them.now)
    letter = ground.mail_to(them.amira)
    assert ("Taksówka." in letter.text, "Taksówka." in letter.html, "More tea." in letter.text) == (True, True, False)
    count = Telling.objects.count()
    put(them, other, "pl", POLISH | {"we_do": "Herbata."})
    assert (Telling.objects.count(), AnswerWording.objects.filter(version__answer=other).count()) == (count, 1)


def test_the_team_writes_it_beside_the_original_and_amira_picks_it(them: Cast, answer: Answer) -> None:
    client, at = signed_in(them.dev), f"/at/{them.project.address}"
    path = f"{at}/answers/{answer.uid}/wordings"
    assert "A taxi home." in client.get(path).content.decode()
    page = client.post(path, {"language": "en", "easy": "on", **EASY, "because": ""})
    assert (page.status_code, "A taxi takes you." in page.content.decode()) == (422, True)
    assert client.post(path, {"language": "en", "easy": "on", **EASY}).status_code == 302
    phone = Client()
    phone.get(link.path(them.amira))
    shown = phone.get(f"{at}/me/answer/{answer.uid}?in=en-easy").content.decode()
    assert ("A taxi takes you." in shown, "Easy Read" in shown, "A taxi home." in shown) == (True, True, False)


def test_everybody_reads_them_on_the_projects_page_too_while_the_original_says_so(them: Cast, answer: Answer) -> None:
    def stands() -> tuple[bool, bool, bool]:
        page = Client().get(f"/at/{them.project.address}").content.decode()
        return "Easy Read</summary>" in page, "A taxi takes you." in page, 'lang="pl" dir="ltr"' in page

    assert stands() == (False, False, False)
    put(them, answer, "en", EASY, easy=True)
    put(them, answer, "pl", POLISH)
    assert stands() == (True, True, True)
    assert answer.theme is not None
    actions.publish(ground.draft(them, answer.theme, we_do="A bus."), by=them.dev, now=them.now)
    assert stands() == (False, False, False)


def test_a_wording_whose_original_was_changed_is_read_by_nobody_till_it_is_put_right(
    them: Cast, answer: Answer
) -> None:
    theme = ground.theme(them, ground.card(them, them.amira, "Tea."))
    other = ground.draft(them, theme, we_do="More tea.")
    put(them, other, "pl", POLISH)
    ground.draft(them, theme, we_do="No tea.")
    assert reads(them.amira, other, "pl") == ("No tea.", "")
    client = signed_in(them.dev)
    page = client.get(f"/at/{them.project.address}/answers/{other.uid}/wordings?in=pl").content.decode()
    assert ("The original was changed after these" in page, "Taks\u00f3wka." in page) == (True, True)
    put(them, other, "pl", POLISH)
    assert reads(them.amira, other, "pl") == ("Taks\u00f3wka.", "")


def test_on_the_telephone_it_is_read_as_it_stands_on_their_page(them: Cast) -> None:
    answer = ground.published(them, them.amira, waits_for="The council", meanwhile="We walk with you.")
    put(them, answer, "en", {**EASY, "meanwhile": "We walk home with you."}, easy=True)
    people.set_needs(them.amira, needs=["Easy Read, please"])
    dev, at = signed_in(them.dev), f"/at/{them.project.address}/telephone"
    dev.post(at, {"words": link.speakable(them.amira), "agreed": "yes"})
    page = dev.get(f"{at}/read").content.decode()
    for words in ("A taxi takes you.", "We walk home with you.", "The council", "The original", "A taxi home."):
        assert words in page
