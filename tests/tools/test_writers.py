"""The check that only actions write: what it catches, and what it must leave alone."""

import textwrap
from pathlib import Path

import pytest

from tools.writers import Write, problems, related_names, writes

CAUGHT = {
    "a row": "project.save()",
    "a row, some fields": "project.save(update_fields=['title'])",
    "a form of a model": "form.save(commit=False)",
    "the parent's save": "class A:\n    def save(self):\n        super().save()",
    "a row that goes": "card.delete()",
    "rows that go": "Card.objects.filter(state='x').delete()",
    "a new row": "Card.objects.create(words='x')",
    "a new row of a related manager": "project.cards.create(words='x')",
    "many rows": "Card.objects.bulk_create(rows)",
    "many rows, as ours": "many.insert_many(Card, same={}, names=(), rows=rows)",
    "one row, as ours": "insert_one(Card, said)",
    "columns of a row, as ours": "update_one(card, 'state')",
    "perhaps a new row": "Card.objects.get_or_create(mark='x')",
    "rows changed": "Card.objects.filter(mark='x').update(state='shown')",
    "rows changed by a name": "rows = Card.objects.filter(a=1)\nrows.update(state='shown')",
    "rows changed in an inner function": "rows = Card.objects.all()\ndef f():\n    rows.update(state='shown')",
    "rows from elsewhere": "def f(rows):\n    rows.update(state='shown')",
    "rows by annotation": "def f(rows: QuerySet[Card]):\n    rows.update(**fields)",
    "rows with nothing named": "Card.objects.update(**fields)",
    "a reverse manager": "project.card_set.add(card)",
    "a many-to-many field": "theme.contributions.set(cards)",
    "asynchronous": "async def f():\n    await card.asave()",
    "handed on": "list(map(Card.objects.bulk_create, batches))",
    "by name": "getattr(card, 'save')()",
    "raw": "cursor.execute('UPDATE live_card SET state = 1')",
    "raw, put together": "cursor.execute(f'delete from {table}')",
    "an account": "Staff.objects.create_user(email='a@b')",
}

LEFT_ALONE = {
    "a dict": "facts.update({'a': 1})",
    "a dict's names": "facts = {'a': 1}\nfacts.update(b=2)",
    "a dict by annotation": "def f(facts: dict[str, int]):\n    facts.update(b=2)",
    "the names of a call": "def f(**facts):\n    facts.update(b=2)",
    "a new dict": "facts = dict(a=1)\nfacts.update(b=2)",
    "a hash": "digest.update(b'words')",
    "a picture": "picture.save(path, 'PNG')",
    "a code": "code.save(out, kind='svg', scale=4)",
    "a file": "storage.save('ab/cd', content)",
    "a set": "seen.add(card)",
    "a set of an object": "self.contributions.add(card)",
    "a cache": "cache.delete('key')",
    "the session": "request.session.save()",
    "a list emptied": "waiting.clear()",
    "a counter": "from collections import Counter\nseen = Counter()\nseen.update(a=1)",
    "a read": "Card.objects.filter(state='x').first()",
    "a read in SQL": "cursor.execute('SELECT 1')",
    "a factory of a class": "Topic.create('wall')",
    "an environment": "env.update(os.environ)",
}

RELATED = frozenset({"contributions", "cards"})


@pytest.mark.parametrize("source", CAUGHT.values(), ids=CAUGHT)
def test_a_write_is_seen_once(source: str) -> None:
    assert len(writes(source, RELATED)) == 1


@pytest.mark.parametrize("source", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_is_no_write_is_left_alone(source: str) -> None:
    assert writes(source, RELATED) == []


def test_it_says_where() -> None:
    assert writes("x = 1\n\ncard.save()\n") == [Write(line=3, what=".save(…)")]


def test_related_names_come_from_the_models() -> None:
    models = """
        class Theme(models.Model):
            project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="themes")
            hidden = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
            contributions = models.ManyToManyField(Contribution)
    """
    assert related_names([textwrap.dedent(models)]) == {"themes", "contributions"}


def test_actions_may_write_pages_may_not_and_an_exception_must_be_needed(tmp_path: Path) -> None:
    package = tmp_path / "src" / "withus" / "live"
    (package / "actions").mkdir(parents=True)
    (package / "migrations").mkdir()
    for name in ("actions/parked.py", "migrations/0001_begin.py", "pages.py", "worker.py"):
        (package / name).write_text("card.save()\n")
    allowed = {"src/withus/live/worker.py": "jobs", "src/withus/live/models.py": "was needed once"}
    assert problems(tmp_path, allowed) == [
        "src/withus/live/pages.py:1 .save(…) — only actions.py writes",
        "tools/exceptions.toml: writers: src/withus/live/models.py needs no exception",
    ]
