"""
How somebody is written to: in their language where we speak it, else the project's, else the installation's; and by the project's clocks,
wherever and whenever the letter is written.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation

from withus.people.models import Person
from withus.projects import day


@contextmanager
def as_they_read(person: Person) -> Iterator[None]:
    """Inside, what is rendered is in their language, and each instant stands as their project's wall clocks show it."""
    with translation.override(tongue_of(person)), day.clocks_of(person.project):
        yield


def tongue_of(person: Person) -> str:
    spoken = {code for code, _name in settings.LANGUAGES}
    for wanted in (person.language, person.project.language):
        for code in (wanted, wanted.split("-")[0]) if wanted else ():
            if code in spoken and translation.check_for_language(code):
                return code
    return settings.LANGUAGE_CODE
