"""The catalogue holds what Python, templates and picture decks say."""

from pathlib import Path

from tools.translations import _sentences, catalogue


def test_python_templates_and_decks_are_read_with_plurals_and_context(tmp_path: Path) -> None:
    package = tmp_path / "src" / "withus" / "live"
    (package / "templates" / "live").mkdir(parents=True)
    (package / "pages.py").write_text(
        '_("Welcome")\nngettext("%(n)s card", "%(n)s cards", n)\npgettext("noun", "Answer")\n'
    )
    (package / "templates" / "live" / "wall.html").write_text(
        '{% translate "The wall" %}{% blocktranslate trimmed %}\n  Hello\n  %(x)s {{ name }}\n{% endblocktranslate %}'
    )
    deck = tmp_path / "src" / "withus" / "methods" / "decks" / "starter"
    deck.mkdir(parents=True)
    (deck / "deck.toml").write_text('title = "Ours"\n[[cards]]\nid = "door"\ntitle = "A door"\nalt = "A door, open."\n')
    assert _sentences(catalogue(tmp_path)) == {
        "A door",
        "A door, open.",
        "Welcome",
        "%(n)s card / %(n)s cards",
        "noun: Answer",
        "The wall",
        "Hello %%(x)s %(name)s",
    }
