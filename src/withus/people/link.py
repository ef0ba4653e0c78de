"""
A person's link and words: derived, never stored readable, and checked here only.

link = first 128 bits of HMAC-SHA256(key `links`, uid, generation, counter) in base32; words = four words by a second derivation.
The table holds HMAC-SHA256(key `index`, ...) of each: a stolen database opens nothing, and a slip can be printed again.
"""

import base64
import hmac
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import QuerySet

from withus.people import keys
from withus.people.models import Person
from withus.people.words import settle, words
from withus.projects.lasting import lasting
from withus.projects.models import Project

LINK_LETTERS = 26
HOW_MANY_WORDS = 4


def link(person: Person) -> str:
    """26 letters for link and QR."""
    return _link(person.uid, person.generation, person.link_counter)


def speakable(person: Person) -> str:
    """The person's four words, with a space between."""
    return _words(person.uid, person.generation, person.words_counter)


def path(person: Person) -> str:
    return f"/k/{link(person)}"


def taken_home(person: Person) -> str:
    """The person's link at the address that lasts; empty where there is none but a laptop's in the room."""
    address = lasting(person.project.organisation)
    return f"{address}{path(person)}" if address else ""


def by_link(typed: str) -> Person | None:
    """The person whose link this is; None for a wrong, old or erased one."""
    letters = typed.strip().upper()
    if len(letters) != LINK_LETTERS:
        return None
    return _alive().filter(link_index=_index("link", letters)).select_related("project").first()


def by_words(project: Project, typed: str) -> Person | None:
    """The person of this project whose words these are. Spelling is forgiven after the third letter of each word."""
    said = settle(typed)
    if len(said.split()) != HOW_MANY_WORDS:
        return None
    return _alive().filter(project=project, words_index=_index("words", said)).first()


@dataclass(frozen=True)
class Drawn:
    """What a new Person row holds of its link and words."""

    uid: UUID
    generation: int
    link_counter: int
    words_counter: int
    link_index: str
    words_index: str


DRAWN = tuple(one.name for one in fields(Drawn))
as_row: Callable[[Drawn], tuple[Any, ...]] = attrgetter(*DRAWN)
"""For many at once: the columns, and their values."""


def draw(project: Project, *, uid: UUID | None = None, generation: int = 1) -> Drawn:
    """A link and words that nobody has yet; on the rare clash the next counter is taken."""
    uid = uid or uuid4()
    link_counter = words_counter = 0
    while Person.objects.filter(link_index=_index("link", _link(uid, generation, link_counter))).exists():
        link_counter += 1
    while Person.objects.filter(
        project=project, words_index=_index("words", _words(uid, generation, words_counter))
    ).exists():
        words_counter += 1
    return Drawn(
        uid,
        generation,
        link_counter,
        words_counter,
        _index("link", _link(uid, generation, link_counter)),
        _index("words", _words(uid, generation, words_counter)),
    )


def draw_many(project: Project, uids: Sequence[UUID]) -> list[Drawn]:
    """Links and words for many new people, asked in two queries. Who clashes is left out, to be drawn alone."""
    drawn = [_first(uid) for uid in uids]
    links, said = Counter(one.link_index for one in drawn), Counter(one.words_index for one in drawn)
    taken_links = set(Person.objects.filter(link_index__in=links).values_list("link_index", flat=True))
    rows = Person.objects.filter(project=project, words_index__in=said)
    taken_words = set(rows.values_list("words_index", flat=True))
    return [
        one
        for one in drawn
        if links[one.link_index] == 1
        and said[one.words_index] == 1
        and one.link_index not in taken_links
        and one.words_index not in taken_words
    ]


def _first(uid: UUID) -> Drawn:
    return Drawn(uid, 1, 0, 0, _index("link", _link(uid, 1, 0)), _index("words", _words(uid, 1, 0)))


def reply(uid: UUID) -> str:
    """The number on a slip to tick and send back. It says which letter it came with, and opens nothing."""
    letters = base64.b32encode(keys.mac(settings.WITHUS_DATA, "links", "reply", str(uid))[:5]).decode()
    return f"{letters[:4]}-{letters[4:]}"


def stop(person: Person) -> str:
    """
    What stands in a mail to end these mails. It opens nothing, and a new link does not change it: an old mail can be stopped too.
    """
    return f"{person.uid.hex}{_stop(person.uid)}"


def stop_taken_home(person: Person) -> str:
    """At the address that lasts; empty where there is none but a laptop's in the room."""
    address = lasting(person.project.organisation)
    return f"{address}/stop/{stop(person)}" if address else ""


def by_stop(token: str) -> Person | None:
    """The person whose mails these are; None for a wrong one, and for who was erased."""
    try:
        uid = UUID(token[:32])
    except ValueError:
        return None
    if not hmac.compare_digest(_stop(uid).encode(), token[32:].encode()):
        return None
    return _alive().filter(uid=uid).select_related("project__organisation").first()


def new_mark() -> str:
    """A card's mark like `K7-PAN`: random, without order, opens nothing. Letters that look alike are left out."""
    letters, digits = "ABCDEFHJKLMNPRTUVWXY", "2345679"
    pick = secrets.choice
    return f"{pick(letters)}{pick(digits)}-{pick(letters)}{pick('AEU')}{pick(letters)}"


def _alive() -> QuerySet[Person]:
    return Person.objects.filter(erased_at__isnull=True)


def _link(uid: UUID, generation: int, counter: int) -> str:
    raw = keys.mac(settings.WITHUS_DATA, "links", "link", str(uid), str(generation), str(counter))[:16]
    return base64.b32encode(raw).decode().rstrip("=")


def _words(uid: UUID, generation: int, counter: int) -> str:
    number = int.from_bytes(keys.mac(settings.WITHUS_DATA, "links", "words", str(uid), str(generation), str(counter)))
    chosen = []
    for _ in range(HOW_MANY_WORDS):
        number, which = divmod(number, len(words()))
        chosen.append(words()[which])
    return " ".join(chosen)


def _stop(uid: UUID) -> str:
    return keys.mac(settings.WITHUS_DATA, "links", "stop", str(uid))[:16].hex()


def _index(what: str, secret: str) -> str:
    return keys.mac(settings.WITHUS_DATA, "index", what, secret).hex()
