"""The catalogue holds what Python and templates say."""

from pathlib import Path

from tools.translations import _sentences, catalogue


def test_python_and_templates_are_read_with_plurals_and_context(tmp_path: Path) -> None:
    package = tmp_path / "src" / "withus" / "live"
    (package / "templates" / "live").mkdir(parents=True)
    (package / "pages.py").write_text(
        '_("Welcome")\nngettext("%(n)s card", "%(n)s cards", n)\npgettext("noun", "Answer")\n'
    )
    (package / "templates" / "live" / "wall.html").write_text(
        '{% translate "The wall" %}{% blocktranslate trimmed %}\n  Hello\n  %(x)s {{ name }}\n{% endblocktranslate %}'
    )
    assert _sentences(catalogue(tmp_path)) == {
        "Welcome",
        "%(n)s card / %(n)s cards",
        "noun: Answer",
        "The wall",
        "Hello %%(x)s %(name)s",
    }
