"""The language in which somebody is written to: theirs where we speak it, else the project's, else the installation's."""

from django.conf import settings
from django.utils import translation

from withus.people.models import Person


def tongue_of(person: Person) -> str:
    spoken = {code for code, _name in settings.LANGUAGES}
    for wanted in (person.language, person.project.language):
        for code in (wanted, wanted.split("-")[0]) if wanted else ():
            if code in spoken and translation.check_for_language(code):
                return code
    return settings.LANGUAGE_CODE
