"""Cards that go by their letters: how they are laid, and what becomes of what an older version stored."""

from collections.abc import Sequence
from importlib import import_module

import numpy as np
import pytest
from django.apps import apps
from django.db import connection

from tests.cast import Cast, cast
from tests.loop import ground
from withus.live.models import Contribution
from withus.loop import actions, alike, shelf, suggesting
from withus.loop.models_of_suggesting import Grouping, Laid, Vector
from withus.loop.sense import grouping, runs, vectors
from withus.post.models import Job

GERMAN = (
    ("Der Bus kam am Tag %s wieder zu spät", "Ich habe %s Minuten auf den Bus gewartet", "Kein Sitzplatz im Bus Nummer %s"),
    ("Die Pflegerin hat mir %s mal zugehört", "Eine Pflegerin auf Station %s war freundlich", "Die Pflegerin kam um %s zu mir"),
    ("Die Suppe war an Tisch %s kalt", "Mittags war die Suppe Nummer %s fade", "Um %s gab es wieder kalte Suppe"),
)  # fmt: skip
ARABIC = (
    ("الحافلة تأخرت في اليوم %s", "انتظرت الحافلة %s دقيقة", "لا مقعد في الحافلة رقم %s"),
    ("الممرضة استمعت لي في الساعة %s", "كانت الممرضة لطيفة في القسم %s", "جاءت الممرضة متأخرة %s"),
    ("الحساء بارد على الطاولة %s", "نريد حساء أفضل رقم %s", "وصل الحساء باردا في الساعة %s"),
)
CHINESE = (
    ("公交车第%s天又晚点了", "我等公交车等了%s分钟", "公交车%s号没有座位"),
    ("护士在%s点听我说话", "%s号病房的护士很好", "护士%s点才来"),
    ("%s号桌的汤是冷的", "午饭的汤%s不好喝", "汤%s点才送来"),
)
Subjects = tuple[tuple[str, str, str], ...]


def texts_of(subjects: Subjects, count: int = 150) -> list[str]:
    return [subjects[n % 3][n // 3 % 3] % n for n in range(count)]


@pytest.mark.parametrize("subjects", [GERMAN, ARABIC, CHINESE], ids=["German", "Arabic", "Chinese"])
def test_texts_about_one_thing_lie_together_in_any_language(subjects: Subjects) -> None:
    texts = texts_of(subjects)
    learned = runs.learn(texts)
    assert learned is not None
    rows = learned.of_texts(texts)
    tree = grouping.grow({vectors.LETTERS: rows})
    found = grouping.cut(tree, 9)[grouping.join(tree, vectors.LETTERS, rows, floor=-1)]
    groups = [set(found[about::3].tolist()) for about in range(3)]
    assert len(set.union(*groups)) == sum(map(len, groups)) == 9


def test_a_text_lies_alike_alone_and_among_others() -> None:
    texts = texts_of(GERMAN)
    learned = runs.learn(texts)
    assert learned is not None
    assert np.allclose(learned.of_texts(texts)[7], learned.of_texts(texts[7:8])[0], atol=1e-6)


def test_the_same_texts_teach_the_same() -> None:
    one, other = runs.learn(texts_of(ARABIC)), runs.learn(texts_of(ARABIC))
    assert one is not None
    assert other is not None
    assert one.numbers.tolist() == other.numbers.tolist()
    assert np.array_equal(one.rows, other.rows)


def test_of_what_fewer_than_three_texts_say_nothing_is_kept() -> None:
    texts = texts_of(GERMAN)
    learned, more = runs.learn(texts), runs.learn([*texts, "Kwxyqj", "Kwxyqj"])
    assert learned is not None
    assert more is not None
    assert more.numbers.tolist() == learned.numbers.tolist()
    assert not more.of_texts(["kwxyqj"]).any()


@pytest.mark.parametrize("texts", [[], ["Hallo"], ["Hallo", "Hallo"], ["", "!", "\ud800"], ["a b", "c d", "e f"]])
def test_too_few_texts_teach_nothing(texts: list[str]) -> None:
    assert runs.learn(texts) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "!?!?",
        "\x00",
        "\U0001f600" * 50,
        "\u200b",
        "\ud800",
        "7 7 7",
        "x" * 100_000,
        "ab " * 40_000,
        "病" * 9000,
    ],
)
def test_a_hostile_text_among_others_is_no_trouble(text: str) -> None:
    texts = [*texts_of(CHINESE), text]
    learned = runs.learn(texts)
    assert learned is not None
    lengths = np.linalg.norm(learned.of_texts(texts), axis=1)
    assert np.isfinite(lengths).all()
    assert lengths.max() <= 1 + 1e-3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Isıtma KIRIK, İyi!", ["isitma", "kirik", "iyi"]),
        ("الْحَافِلَة", ["الحافلة"]),
        ("בַּיִת", ["בית"]),
        ("má mà ma", ["má", "mà", "ma"]),
        ("5号楼 lift 坏了", ["5", "号楼", "lift", "坏了"]),
    ],
    ids=["Turkish", "Arabic", "Hebrew", "Vietnamese", "Chinese"],
)
def test_words_are_told_apart_as_those_who_write_them_do(text: str, words: list[str]) -> None:
    assert runs.words_of(text) == words


def test_a_korean_sign_is_taken_as_its_letters_and_a_chinese_one_as_a_word() -> None:
    assert len(runs.runs_of("한")) == 3
    assert runs.runs_of("护士") == ["护", "士", "护士"]


def test_a_tree_is_stored_with_what_was_learned_and_an_older_one_without_can_be_read() -> None:
    learned = runs.learn(texts_of(GERMAN))
    assert learned is not None
    tree = grouping.Tree(grouping.grow({vectors.LETTERS: learned.of_texts(texts_of(GERMAN))}).centres, (), learned)
    back = grouping.unpack(grouping.pack(tree))
    assert back.runs is not None
    assert np.array_equal(back.runs.of_texts(["Der Bus kam"]), learned.of_texts(["Der Bus kam"]))
    assert grouping.unpack(grouping.pack(grouping.Tree(tree.centres, ()))).runs is None


@pytest.fixture
def them() -> Cast:
    return cast()


def many(them: Cast, texts: Sequence[str]) -> list[Contribution]:
    first = ground.card(them, them.amira, texts[0])
    rows = [
        Contribution(
            project=them.project,
            person=them.bo,
            mark=f"Z{n}",
            seq=10_000 + n,
            given_by="words",
            words=text,
            sent_once=f"many{n}",
            content_digest="",
            given_at=them.now,
        )
        for n, text in enumerate(texts[1:])
    ]
    return [first, *Contribution.objects.bulk_create(rows)]


def read(them: Cast) -> None:
    Job.objects.filter(kind="suggestions.read").delete()
    actions.read_cards({"project": them.project.pk}, them.now)


def switched_on(them: Cast, texts: Sequence[str]) -> Grouping:
    many(them, texts)
    actions.switch_suggestions(them.project, on=True, by=them.dev, now=them.now)
    read(them)
    found = suggesting.shown(them.project)
    assert found is not None
    return found


def as_an_older_version_left_it(them: Cast) -> dict[int, int]:
    """Vectors of 128 numbers of the kind that there was, and a tree over them that had learned nothing. Where each card lies."""
    shown = suggesting.shown(them.project)
    assert shown is not None
    tree = grouping.unpack(bytes(shown.tree))
    draw = np.random.default_rng(1)
    for one in Vector.objects.filter(kind=vectors.LETTERS):
        one.kind, one.row = "letters", vectors.small(draw.standard_normal(128).astype(np.float32))
        one.save()
    centres = {"letters" if kind == vectors.LETTERS else kind: rows for kind, rows in tree.centres.items()}
    centres["letters"] = np.ones((len(centres["letters"]), 128), np.float32)
    shown.tree = grouping.pack(grouping.Tree(centres, tree.merges))
    shown.save()
    shelf.forget()
    return dict(Laid.objects.filter(grouping=shown).values_list("contribution", "cell"))


@pytest.mark.django_db
def test_until_the_worker_comes_old_vectors_are_held_only_against_old_ones(them: Cast) -> None:
    switched_on(them, texts_of(GERMAN))
    as_an_older_version_left_it(them)
    new = ground.card(them, them.amira, "Der Bus hielt nicht an")
    [(kind, row)] = suggesting.vectors_of([new])
    Vector.objects.create(contribution=new, project=them.project, kind=kind, row=row)
    old = Contribution.objects.get(words=GERMAN[0][0] % 0)
    near = [card.pk for card, _like in alike.like_this(old, them.project)]
    assert old.pk not in near
    assert len(near) > 10
    assert new.pk not in near
    assert alike.like_this(new, them.project) == []
    theme = ground.theme(them, old)
    assert new.pk not in [card.pk for card in alike.beside_theme(theme)]


@pytest.mark.django_db
def test_the_worker_makes_old_vectors_anew_moves_no_card_and_new_ones_find_their_group(them: Cast) -> None:
    switched_on(them, texts_of(GERMAN))
    lay = as_an_older_version_left_it(them)
    read(them)
    assert set(Vector.objects.values_list("kind", flat=True)) == {vectors.LETTERS}
    assert {len(bytes(row)) for row in Vector.objects.values_list("row", flat=True)} == {vectors.OF_LETTERS}
    shown = suggesting.shown(them.project)
    assert shown is not None
    assert dict(Laid.objects.filter(grouping=shown).values_list("contribution", "cell")) == lay
    new = ground.card(them, them.amira, "Der Bus kam am Tag 7 wieder zu spät")
    read(them)
    like_it = Contribution.objects.filter(words__startswith="Der Bus kam am Tag").exclude(pk=new.pk)
    assert Laid.objects.get(contribution=new).cell in {lay[card.pk] for card in like_it}


@pytest.mark.django_db
def test_who_then_asks_for_new_groups_is_offered_some_that_were_learned_anew(them: Cast) -> None:
    switched_on(them, texts_of(GERMAN))
    as_an_older_version_left_it(them)
    read(them)
    for anew in (True, False):
        actions.regroup({"project": them.project.pk}, them.now)
        read(them)
        offered = suggesting.offered(them.project)
        assert offered is not None
        assert offered.anew is anew
        assert grouping.unpack(bytes(offered.tree)).runs is not None
        actions.answer_regrouping(them.project, take=True, by=them.dev, now=them.now)


@pytest.mark.django_db
def test_english_cards_beside_others_keep_their_cells_and_their_vectors(them: Cast) -> None:
    english = [f"The bus was late again on day {n}" for n in range(60)]
    switched_on(them, [*texts_of(GERMAN, 100), *english])
    were = set(Vector.objects.filter(kind="pieces").values_list("pk", flat=True))
    lay = as_an_older_version_left_it(them)
    read(them)
    assert set(Vector.objects.filter(kind="pieces").values_list("pk", flat=True)) == were
    shown = suggesting.shown(them.project)
    assert shown is not None
    tree = grouping.unpack(bytes(shown.tree))
    assert sorted(tree.centres) == [vectors.LETTERS, "pieces"]
    new = ground.card(them, them.amira, "The bus was late again on day 99")
    read(them)
    assert Laid.objects.get(contribution=new).cell in {
        lay[card.pk] for card in Contribution.objects.filter(words__in=english)
    }


@pytest.mark.django_db
def test_a_new_version_asks_the_worker_once_for_each_project_with_old_vectors(them: Cast) -> None:
    switched_on(them, texts_of(GERMAN))
    as_an_older_version_left_it(them)
    Job.objects.all().delete()
    migration = import_module("withus.loop.migrations.0025_letters_read_anew")
    for _time in range(2):
        migration.ask(apps, connection.schema_editor())
    [job] = Job.objects.all()
    assert (job.kind, job.reference) == ("suggestions.read", {"project": them.project.pk})
    assert job.once == suggesting.READING % them.project.pk
