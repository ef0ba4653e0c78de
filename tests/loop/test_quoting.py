"""Before an answer goes out the team is told where it says somebody's words without their yes to that."""

import pytest

from tests.cast import Cast, cast, team
from tests.loop import ground
from withus.live import actions as live
from withus.loop import actions
from withus.loop.models import AnswerVersion
from withus.loop.quoting import Quoted, quoted_without_a_yes

pytestmark = pytest.mark.django_db
LONG = "I waited at the stop by the church for an hour, alone."


@pytest.fixture
def them() -> Cast:
    return cast()


@pytest.mark.parametrize(
    ("card", "name", "we_heard", "found"),
    [
        (LONG, "Waiting", "You waited alone for an hour.", ""),
        (LONG, "At the stop by the church, for an hour", "You wait.", "at the stop by the church for an hour"),
        (LONG, "Waiting", "“I waited at the stop by the church.”", "i waited at the stop by the church"),
        ("Nobody can get home", "Nobody can get home!", "You wait.", "nobody can get home"),
        ("Getting home", "Getting home", "Getting home.", ""),
        (
            "ЖДАЛА НА ОСТАНОВКЕ ЦЕЛЫЙ ЧАС ОДНА",
            "Ждала на остановке целый час одна",
            "x",
            "ждала на остановке целый час одна",
        ),
    ],
)
def test_a_run_of_somebodys_words_is_found_and_a_common_phrase_is_not(
    them: Cast, card: str, name: str, we_heard: str, found: str
) -> None:
    mine = ground.card(them, them.amira, card)
    theme = actions.make_theme(them.project, name=name, by=them.dev, now=them.now, contributions=[mine], read=True)
    answer = ground.draft(them, theme, we_heard=we_heard)
    version = AnswerVersion.objects.get()
    assert quoted_without_a_yes(version) == ([Quoted(mine.mark, found)] if found else [])
    page = f"/at/{them.project.address}/answers/{answer.uid}/publish"
    assert ("own words</h2>" in team(them).get(page).content.decode()) is bool(found)
    live.allow_uses(mine, person=them.amira, uses=["public"], now=them.now)
    assert quoted_without_a_yes(version) == []
