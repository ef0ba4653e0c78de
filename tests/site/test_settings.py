"""What the settings keep quiet about is what they say, and no more."""

from django.core.checks import run_checks


def test_one_library_of_tags_stands_in_for_another_and_nothing_else_is_silenced() -> None:
    quiet = [one.msg for one in run_checks() if one.is_silenced()]
    assert quiet == [
        "'i18n' is used for multiple template tag modules: 'django.templatetags.i18n', 'withus.ui.translating'"
    ]
