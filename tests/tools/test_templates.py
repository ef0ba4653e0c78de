"""What no template may hold, and what it may."""

import pytest

from tools.templates import check

REFUSED = {
    '<p style="color: red">{{ x }}</p>': "inline style: give it a class",
    '<p {% if x %}style="a"{% endif %}></p>': "inline style: give it a class",
    "<style>p {}</style>": "inline style sheet: put it in the component's .css",
    '<button onclick="go()"></button>': "event attribute: use an island",
    '<a href="javascript:go()"></a>': "script in an address",
    "<script>{{ x }}</script>": "inline script: put it in an island",
    "<p>Hello there</p>": "“Hello there” cannot be translated",
    '<img alt="A cup">': "“A cup” in alt cannot be translated",
    '<input placeholder="Your words">': "“Your words” in placeholder cannot be translated",
}

FINE = [
    '<p class="card">{% translate "Hello there" %}</p>',
    "{% blocktranslate trimmed %}\n  Hello <b>there</b>\n{% endblocktranslate %}",
    '<img alt="{% translate "A cup" %}">',
    "{# a note <style> #}<!-- another -->",
    '<script src="{% static "wall.js" %}" defer></script>',
    "{% if a > b %}{{ count }} · {{ name }}{% endif %}&nbsp;",
    '{% block body_attrs %} class="dense"{% endblock %}',
    "<code>withus serve</code>",
    "<h1>WithUs</h1>",
]


@pytest.mark.parametrize(("text", "what"), REFUSED.items(), ids=REFUSED)
def test_is_refused(text: str, what: str) -> None:
    assert list(check(text)) == [(1, what)] or (1, what) in list(check(text))


@pytest.mark.parametrize("text", FINE)
def test_is_fine(text: str) -> None:
    assert list(check(text)) == []


def test_the_line_is_named() -> None:
    assert list(check("{% comment %}\n\n{% endcomment %}\n<p>Hello</p>")) == [(4, "“Hello” cannot be translated")]


def test_a_letter_in_plain_text_is_read_too() -> None:
    assert list(check('{% translate "Dear" %} {{ name }},\nYours sincerely', ".txt")) == [
        (2, "“Yours sincerely” cannot be translated")
    ]
