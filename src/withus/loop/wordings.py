"""Which words of an answer somebody reads: the original, Easy Read, or their language, where there is one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

from withus.loop.models import AnswerVersion
from withus.loop.models_of_answers import AnswerWording
from withus.people.models import Person
from withus.people.sealed import unseal

LANGUAGES = {code: str(info["name_local"]) for code, info in sorted(LANG_INFO.items()) if "name_local" in info}
"""By code, each in its own name."""
TEXTS = ("we_heard", "we_do", "because", "meanwhile")
_RIGHT_TO_LEFT = {code for code, info in LANG_INFO.items() if info.get("bidi")}
ORIGINAL = "original"


@dataclass(frozen=True)
class Worded:
    """`key` picks it in an address. `wanted`: there is none in the language that this person reads, so the original stands here."""

    key: str
    name: str
    language: str
    we_heard: str
    we_do: str
    because: str
    meanwhile: str
    wanted: str = ""

    @property
    def direction(self) -> str:
        return "rtl" if self.language in _RIGHT_TO_LEFT else "ltr"


def name_of(language: str, *, easy: bool, of_project: str) -> str:
    name = LANGUAGES.get(language, language)
    if not easy:
        return name
    return _("Easy Read") if language == of_project else _("Easy Read, %(language)s") % {"language": name}


def all_of(version: AnswerVersion) -> list[Worded]:
    """The original first. One query."""
    own = version.answer.project.language
    original = Worded(
        ORIGINAL,
        LANGUAGES.get(own, own),
        own,
        *(version.we_heard, version.we_do, version.because, version.meanwhile),
    )
    rows = AnswerWording.objects.filter(version=version, of=digest_of(version))
    return [original, *(_worded(one, own) for one in rows)]


def in_other_words(versions: Sequence[AnswerVersion]) -> dict[int, list[Worded]]:
    """Of each version, by its key, the wordings that say what it says now, without the original. One query, however many."""
    digests = {one.pk: digest_of(one) for one in versions}
    found: dict[int, list[Worded]] = {}
    for one in AnswerWording.objects.filter(version__in=digests).select_related("version__answer__project"):
        if one.of == digests[one.version_id]:
            found.setdefault(one.version_id, []).append(_worded(one, one.version.answer.project.language))
    return found


def outdated(version: AnswerVersion) -> list[Worded]:
    """Those whose original was changed after them: nobody reads them, and the team can put them right."""
    rows = AnswerWording.objects.filter(version=version).exclude(of=digest_of(version))
    return [_worded(one, version.answer.project.language) for one in rows]


def digest_of(texts: AnswerVersion | AnswerWording) -> str:
    return hashlib.sha256("\x1f".join(getattr(texts, name) for name in TEXTS).encode()).hexdigest()


def seen_of(version: AnswerVersion, row: AnswerWording | None) -> str:
    """What somebody reads who words it: the original, and what stands there in that language already."""
    return f"{digest_of(version)}.{digest_of(row) if row else ''}"


def for_person(person: Person, rows: Sequence[Worded], picked: str = "") -> Worded:
    """What they picked; else Easy Read where they asked for that, else their language, else the original, marked."""
    by_key = {one.key: one for one in rows}
    if picked in by_key:
        return by_key[picked]
    language = person.language or rows[0].language
    codes = [language, language.split("-")[0], rows[0].language]
    if wants_easy(person):
        codes = [*(f"{code}-easy" for code in codes), *codes]
    for code in codes:
        if code in by_key:
            return by_key[code]
        if code == rows[0].language:
            break
    original = rows[0]
    if language.split("-")[0] == original.language.split("-")[0]:
        return original
    return Worded(**{**original.__dict__, "wanted": LANGUAGES.get(language, language)})


def wants_easy(person: Person) -> bool:
    """As they said it among their needs, in whatever spelling."""
    need = getattr(person, "need", None)
    return says_easy((unseal(need.sealed) if need is not None and need.sealed else []) or [])


def says_easy(needs: Sequence[object]) -> bool:
    return any("easy read" in str(one).lower().replace("_", " ").replace("-", " ") for one in needs)


def _worded(one: AnswerWording, own: str) -> Worded:
    return Worded(
        f"{one.language}-easy" if one.easy else one.language,
        name_of(one.language, easy=one.easy, of_project=own),
        one.language,
        *(one.we_heard, one.we_do, one.because, one.meanwhile),
    )
