"""Cells of a web form's export: the words are kept, the form's markup is not."""

import pytest

from withus.transfer.markup import as_written


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("<p>No s'ha d'habilitar el solar.</p>", "No s'ha d'habilitar el solar."),
        ("<p>L&#39;&Eacute;tat propose&nbsp;: oui</p>", "L'État propose : oui"),
        ("<p>First.</p><p>Second.</p>", "First.\n\nSecond."),
        ("One line<br>and another<br/>and a third", "One line\nand another\nand a third"),
        ("<div>Wanted:<ul><li>a lamp</li><li>tea</li></ul></div>", "Wanted:\n\n- a lamp\n\n- tea"),
        ("<P CLASS='x'>Loud</P>", "Loud"),
        ("<p><strong>No</strong> to <em>this</em></p>", "No to this"),
        ("<p>-</p>", "-"),
        ("<p></p>", ""),
        ("<p>a<!-- from the editor <p>unseen</p> -->b</p>", "ab"),
        ("<style>p {color: red}</style><p>Red</p>", "Red"),
        ("<p>A map: <img src='m.png' alt='our street'></p>", "A map: our street"),
        ('<p>See <a href="https://example.org/plan">the plan</a>.</p>', "See the plan (https://example.org/plan)."),
        (
            '<p>See <a href="https://example.org/plan">https://example.org/plan</a></p>',
            "See https://example.org/plan",
        ),
        ("<table><tr><td>Mon</td><td>closed</td></tr></table>", "Mon closed"),
        ("Caf&eacute; &amp; bar", "Café & bar"),
    ],
)
def test_what_a_web_editor_put_around_the_words_goes(cell: str, words: str) -> None:
    assert as_written(cell) == words


@pytest.mark.parametrize(
    "cell",
    [
        "I <3 the café",
        "if a < b and c > d",
        "under <18> years",
        "<my name> said so",
        "R&D, AT&T, &copy that",
        "write a <b> for bold",
        "<!-- never ended <br> and all the rest",
        "<script>never ended <br> and all the rest",
        "  two  spaces\tand a tab\n\n\n\nas typed ",
    ],
)
def test_what_only_looks_like_markup_stays_as_it_was_typed(cell: str) -> None:
    assert as_written(cell) == cell


def test_a_cell_that_opens_a_hundred_thousand_things_is_read_once() -> None:
    """Read from each opening to the end anew, this would take hours."""
    cell = "<br>" + "<script" * 50_000 + "<!--" * 50_000 + "<a href='x'>" * 50_000
    assert as_written(cell) == cell
