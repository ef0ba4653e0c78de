"""
The letter that tells somebody what became of what they said, rendered when it is sent: one for all that waited for them.

An answer goes to thousands, so what their letters say is asked of the database for many at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from withus.live.models import Contribution
from withus.loop import reach
from withus.loop.changes import what_changed
from withus.loop.envelope import lines_of
from withus.loop.models import HAS_IT, Answer, AnswerVersion, Telling, Told
from withus.loop.reach import Reach
from withus.loop.spoken_to import cards_of
from withus.loop.wordings import Worded, all_of, for_person
from withus.people import link
from withus.people.called import name_of
from withus.people.models import HowOften, Person, Way, WayKind
from withus.people.sealed import unseal_text
from withus.people.staying import staying
from withus.people.tongue import as_they_read
from withus.post.letter import Letter, PaperLetter, Rendered, TextMessage
from withus.record.chain import head_code
from withus.record.models import Head

MOST_QUOTED = 3
Reference = Mapping[str, Any]  # Any: a letter's own fields


def answers_published(reference: Reference) -> Rendered | None:
    """None where nobody is left to write to, or they said stop in the meantime."""
    return many_published([reference])[0]


def many_published(references: Sequence[Reference]) -> list[Rendered | None]:
    """What each of these letters says. The same number of queries for one and for fifty that tell of one answer."""
    known = _ask(references)
    return [_rendered(reference, known) for reference in references]


@dataclass(frozen=True)
class Known:
    """What the letters of one go need. Of persons by their number, of tellings by what a letter calls them."""

    persons: Mapping[str, Person]
    tellings: Mapping[str, Telling]
    ways: Mapping[tuple[int, str], Way]
    reach: Mapping[int, Reach]
    heads: Mapping[int, Head]
    told: Mapping[tuple[int, int], Sequence[AnswerVersion]]
    """Which wordings of an answer a person was told, oldest first."""
    mine: Mapping[tuple[int, int], Sequence[str]]
    """What a person said to which an answer speaks."""
    _words: dict[tuple[int, str], list[Worded]] = field(default_factory=dict)

    def words_of(self, version: AnswerVersion) -> list[Worded]:
        """In the language that is active: it names the others."""
        key = (version.pk, translation.get_language() or "")
        if key not in self._words:
            self._words[key] = all_of(version)
        return self._words[key]


def _ask(references: Sequence[Reference]) -> Known:
    persons = Person.objects.filter(uid__in=[one["person"] for one in references])
    persons = persons.exclude(wish__how_often=HowOften.NEVER).select_related("project__organisation", "name", "need")
    found = list(persons)
    numbers = [one.pk for one in found]
    uids = [uid for one in references for uid in one["tellings"]]
    rows = Telling.objects.filter(staying("person__"), uid__in=uids, state__in=(Told.QUEUED, Told.FAILED))
    tellings = list(rows.order_by("pk"))
    versions = AnswerVersion.objects.select_related("answer__project", "answer__theme", "answer__learned")
    by_number = versions.in_bulk({one.version_id for one in tellings})
    for telling in tellings:
        telling.version = by_number[telling.version_id]
    answers = list({one.answer_id: one.answer for one in by_number.values()}.values())
    heads = Head.objects.filter(project__in={one.project_id for one in found})
    return Known(
        persons={str(one.uid): one for one in found},
        tellings={str(one.uid): one for one in tellings},
        ways={(one.person_id, one.kind): one for one in Way.objects.filter(person__in=numbers).order_by("-pk")},
        reach=reach.of(numbers),
        heads={one.project_id: one for one in heads},
        told=_told(numbers, by_number.values()),
        mine=_mine(numbers, answers),
    )


def _told(numbers: Sequence[int], versions: Iterable[AnswerVersion]) -> dict[tuple[int, int], list[AnswerVersion]]:
    """Nothing is asked where this is the first wording of all these answers."""
    later = [one.answer_id for one in versions if one.number > 1]
    found: dict[tuple[int, int], list[AnswerVersion]] = {}
    if later:
        rows = Telling.objects.filter(HAS_IT, person__in=numbers, version__answer__in=later)
        for one in rows.select_related("version").order_by("version__number"):
            found.setdefault((one.person_id, one.version.answer_id), []).append(one.version)
    return found


def _mine(numbers: Sequence[int], answers: Iterable[Answer]) -> dict[tuple[int, int], list[str]]:
    """The first few of each person, in the order in which they were given."""
    shared: dict[int, list[int]] = {}
    with_others = Contribution.with_persons.through.objects.filter(person__in=numbers)
    for card, person in with_others.values_list("contribution", "person"):
        shared.setdefault(card, []).append(person)
    theirs = Q(person__in=numbers) | Q(pk__in=with_others.values("contribution"))
    found: dict[tuple[int, int], list[str]] = {}
    for answer in answers:
        for card, author, words in (
            cards_of(answer).filter(theirs).exclude(words="").values_list("pk", "person", "words")
        ):
            for person in {author, *shared.get(card, ())} - {None}:
                few = found.setdefault((person, answer.pk), [])
                if len(few) < MOST_QUOTED:
                    few.append(words)
    return found


def _rendered(reference: Reference, known: Known) -> Rendered | None:
    kind = reference.get("way", WayKind.EMAIL)
    person = known.persons.get(reference["person"])
    named = [known.tellings[uid] for uid in reference["tellings"] if uid in known.tellings]
    tellings = sorted((one for one in named if one.way == kind), key=lambda one: one.pk)
    if person is None or not tellings:
        return None
    way = known.ways.get((person.pk, kind))
    by_now = known.reach.get(person.pk, reach.NOBODY_ASKED).way(changed=True, had_all=False)
    if way is None or by_now != kind:
        return None
    with as_they_read(person):
        if kind == WayKind.SMS:
            return _text_message(person, to=unseal_text(way.sealed))
        letter = _letter(person, tellings, known, to=unseal_text(way.sealed))
    if kind == WayKind.POST:
        return PaperLetter(address=lines_of(letter.to, person), subject=letter.subject, text=letter.text)
    return letter


def _text_message(person: Person, *, to: str) -> TextMessage:
    """Short, and without their words: others may read over their shoulder."""
    context = {"organisation": person.project.organisation, "link": link.taken_home(person)}
    return TextMessage(to=to, text=render_to_string("loop/mail/answer_sms.txt", context).strip())


def _letter(person: Person, tellings: Sequence[Telling], known: Known, *, to: str) -> Letter:
    project, head = person.project, known.heads[person.project_id]
    stop = link.stop_taken_home(person)
    context = {
        "name": name_of(person),
        "project": project,
        "answers": [_answer(person, telling.version, known) for telling in tellings],
        "link": link.taken_home(person),
        "stop": stop if tellings[0].way == WayKind.EMAIL else "",
        "words": link.speakable(person) if tellings[0].way == WayKind.POST else "",
        "code": head_code(head.seq, head.hash),
    }
    return Letter(
        to=to,
        subject=_("What became of what you said: %(title)s") % {"title": project.title},
        text=render_to_string("loop/mail/answer.txt", context),
        html=render_to_string("loop/mail/answer.html", context),
        stop=stop,
    )


def _answer(person: Person, version: AnswerVersion, known: Known) -> dict[str, Any]:  # Any: a template's row
    """`changes`: since the wording that they were told last, if any."""
    told = [one for one in known.told.get((person.pk, version.answer_id), ()) if one.number < version.number]
    return {
        "version": version,
        "text": for_person(person, known.words_of(version)),
        "changes": what_changed(told[-1], version) if told else [],
        "mine": known.mine.get((person.pk, version.answer_id), ()),
    }
