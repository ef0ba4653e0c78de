"""Fixed words are looked up once in each language, and in no other."""

from django.template import Context, Template
from django.utils import translation

from withus.ui.translating import Fixed


def said(text: str, language: str = "en", **known: object) -> str:
    template = Template(text)
    with translation.override(language):
        return str(template.render(Context(known)))


def test_each_language_keeps_its_own_and_the_first_does_not_stay() -> None:
    template = Template('{% load i18n %}{% translate "Yes" %}')
    shown = []
    for language in ("de", "cy", "de", "en"):
        with translation.override(language):
            shown.append(template.render(Context()))
    assert shown == ["Ja", "Ie", "Ja", "Yes"]
    assert [type(node) for node in template.nodelist[1:]] == [Fixed]


def test_what_is_not_fixed_is_asked_each_time() -> None:
    assert said("{% load i18n %}{% translate word %}", "de", word="Yes") == "Ja"
    assert said('{% load i18n %}{% translate "Yes" as one %}[{{ one }}]', "de") == "[Ja]"
    assert said('{% load i18n %}{% translate "Yes"|upper %}', "de") == "JA"


def test_percent_signs_and_quotes_stay_as_they_are_written() -> None:
    assert (
        said("""{% load i18n %}{% translate "100% of “us” & it's <b>ours</b>" %}""")
        == "100% of “us” & it's <b>ours</b>"
    )


def test_an_icon_with_a_fixed_name_is_text_and_another_is_looked_up() -> None:
    assert said('{% icon "eye" "flip" %}').startswith(
        '<svg class="i flip" viewBox="0 0 256 256" aria-hidden="true"><path d="M'
    )
    assert said("{% icon name %}", name="eye") == said('{% icon "eye" %}')
    assert said('{% icon name|default:"eye" %}') == said('{% icon "eye" %}')
