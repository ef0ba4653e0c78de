"""
Everything of a project that may leave it, as tables with stable columns. No names, no marks, nothing that joins two cards of one person;
words only where their author said yes to a report; what fewer than five cards have in common is left empty.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from withus.charter.models import Change
from withus.facts import small
from withus.live.models import GONE, CardState, Contribution, Use
from withus.live.uses import with_words_for
from withus.loop import asks, in_public, timeline
from withus.loop.in_public import InPublic
from withus.loop.models import Placement, Theme
from withus.plan.models import Block
from withus.projects import day
from withus.projects.models import Project
from withus.table.models import Workshop

FORMAT = 1
"""Goes up when a column changes its name or meaning, or goes; a new last column does not change it."""
Cell = str | int | bool | date | None
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class Table:
    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]


def _columns(*told: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*one) for one in told)


def tables(project: Project, *, now: datetime) -> list[Table]:
    """English names and codes on purpose: programs read them. The same number of queries, whatever the project's size."""
    known = in_public.read(project, now=now, use=Use.REPORT)
    workshops = {one.pk: f"w{at}" for at, one in enumerate(Workshop.objects.filter(project=project), start=1)}
    themes = list(Theme.objects.filter(project=project, removed_at=None).order_by("pk"))
    names = {one.pk: f"t{at}" for at, one in enumerate(themes, start=1)}
    cards = list(
        Contribution.objects.filter(project=project)
        .exclude(state__in=GONE)
        .order_by("uid")
        .values_list("pk", "given_by", "language", "workshop", "off_agenda", "state")
    )
    numbers = {card[0]: f"c{at}" for at, card in enumerate(cards, start=1)}
    placed = Placement.objects.filter(theme__in=names, contribution__in=numbers).order_by("theme", "contribution__uid")
    pairs = list(placed.values_list("theme", "contribution")) if themes else []
    sizes = _sizes(known, Counter(theme for theme, _card in pairs), names)
    return [
        _project(project, known, now),
        Table("workshops", "When people met.", WORKSHOPS, list(_workshops(project, workshops))),
        Table("blocks", "What the workshops were made of.", BLOCKS, list(_blocks(project, workshops))),
        Table("decisions", "What was to be decided, and how open it was.", DECISIONS, list(_decisions(known))),
        Table("changes", "What changed in that after people were invited.", CHANGES, list(_changes(project))),
        Table("cards", "What people gave, one row a card, in no order.", CARDS, list(_cards(project, cards, workshops))),
        Table(
            "themes", "What the team put together.", THEMES,
            [(names[one.pk], one.name, sizes.get(names[one.pk], 0)) for one in themes],
        ),
        Table(
            "cards_in_themes", "Which card lies in which theme. Themes of fewer than 5 cards are left out.", PLACED,
            [(numbers[card], names[theme]) for theme, card in pairs if sizes[names[theme]] is not None],
        ),
        Table("answers", "Each wording of each answer that was published.", ANSWERS, list(_answers(project, known, names))),
        Table("counters", "The four counters of the public page.", COUNTERS, list(_counters(known))),
        Table("timeline", "What happened when, as the public page tells it.", TIMELINE, list(_timeline(project, known, now))),
    ]  # fmt: skip


def _sizes(known: InPublic, counted: Counter[int], names: dict[int, str]) -> dict[str, int | None]:
    """
    Of each theme, by its name in this file. An answered one has the number of the public page or none: a second way of hiding would give
    away what that one hides.
    """
    public = {one.version.answer.theme_id: one.cards for one in known.answers if one.version.answer.theme_id in names}
    others = small.shown({names[theme]: number for theme, number in counted.items() if theme not in public})
    return {names[theme]: cards for theme, cards in public.items() if theme is not None} | others


def _project(project: Project, known: InPublic, now: datetime) -> Table:
    row = (
        project.title, project.organisation.name, project.state, project.language, known.part.charter.purpose,
        known.part.whole_label.value, day.of(project, now),
    )  # fmt: skip
    return Table("project", "The project itself: one row.", PROJECT, [row])


def _workshops(project: Project, numbers: dict[int, str]) -> Iterator[Row]:
    for one in Workshop.objects.filter(project=project):
        yield numbers[one.pk], one.on, one.title, one.format, one.state


def _blocks(project: Project, numbers: dict[int, str]) -> Iterator[Row]:
    for one in Block.objects.filter(workshop__project=project).order_by("workshop", "order", "pk"):
        yield numbers[one.workshop_id], one.kind, one.title, one.minutes, one.prompt, one.method, one.dropped


def _decisions(known: InPublic) -> Iterator[Row]:
    for each in known.part.decisions:
        one = each.decision
        yield (
            one.what, one.openness, one.limit, one.limit_because, one.decider, one.decide_by, one.settled_on,
            one.settled_because, each.whole.label.value,
        )  # fmt: skip


def _changes(project: Project) -> Iterator[Row]:
    for one in Change.objects.filter(project=project).select_related("decision").order_by("at", "pk"):
        what = one.decision.what if one.decision else ""
        yield day.of(project, one.at), what, one.field, one.before, one.after, one.narrows, one.because


def _cards(
    project: Project, cards: Iterable[tuple[int, str, str, int | None, bool, str]], workshops: dict[int, str]
) -> Iterator[Row]:
    """
    How a card was given stands there only where at least five cards are alike in all of it, and five at least are left without it: a single
    row that says nothing is told by the sums beside it.
    """
    cards = list(cards)
    allowed = with_words_for(Contribution.objects.filter(project=project), Use.REPORT)
    words = dict(allowed.values_list("pk", "words"))
    alike = small.shown(Counter(str(card[1:4]) for card in cards))
    for at, (pk, given_by, language, workshop, off_agenda, state) in enumerate(cards, start=1):
        told = alike[str((given_by, language, workshop))] is not None
        yield (
            f"c{at}",
            given_by if told else None,
            language if told else None,
            workshops.get(workshop) if told and workshop else None,
            off_agenda,
            state == CardState.NO_CONTENT,
            words.get(pk),
        )


def _answers(project: Project, known: InPublic, themes: dict[int, str]) -> Iterator[Row]:
    newest = {one.pk for one in asks.newest_of(known.versions)}
    numbers: dict[int, str] = {}
    for one in known.versions:
        number = numbers.setdefault(one.answer_id, f"a{len(numbers) + 1}")
        assert one.published_at is not None
        yield (
            number, themes.get(one.answer.theme_id) if one.answer.theme_id else None, one.number,
            day.of(project, one.published_at), one.pk in newest, one.outcome, one.we_heard, one.we_do, one.because, one.body,
            one.promised_on, one.redated_because, one.kept_on, one.decided_by, one.waits_for, one.meanwhile,
        )  # fmt: skip


def _counters(known: InPublic) -> Iterator[Row]:
    for one in known.four:
        yield one.key, one.number, one.of, str(one.words), "people" if one.counts_people else "cards", str(one.meaning)


def _timeline(project: Project, known: InPublic, now: datetime) -> Iterator[Row]:
    for one in timeline.moments(project, known, today=day.of(project, now)):
        yield one.on, one.kind, one.sentence


PROJECT = _columns(
    ("title", "text", "Its name."),
    ("organisation", "text", "Who runs it."),
    ("state", "planned, running, resting, closed", "Where it is."),
    ("language", "BCP 47", "Its own language."),
    ("purpose", "text", "What it is for, as people were told."),
    ("label", "none, informing, consulting, involving, co-designing, co-producing", "How far people decide."),
    ("as_of", "date", "The day of this file."),
)
WORKSHOPS = _columns(
    ("workshop", "id", "Its number in this file."),
    ("on", "date", "Its day."),
    ("title", "text", "Its name."),
    ("format", "in person, online, hybrid", "How people met."),
    ("state", "planned, open, ended", "Whether it took place."),
)
BLOCKS = _columns(
    ("workshop", "id", "In which workshop, as in workshops."),
    ("kind", "code", "Welcome, venting, activity and so on, as in a project file."),
    ("title", "text", "Its name."),
    ("minutes", "number", "How long it was planned."),
    ("prompt", "text", "The question that people answered."),
    ("method", "code", "The method, where one was chosen."),
    ("dropped", "yes or no", "Left out on the day."),
)
DECISIONS = _columns(
    ("what", "text", "What was to be decided."),
    ("openness", "open, within limits, settled", "How open it was."),
    ("limit", "text", "What could not change in it."),
    ("limit_because", "text", "Why."),
    ("decider", "text", "Who decides, as people were told."),
    ("decide_by", "date", "By when."),
    ("settled_on", "date", "When it was decided."),
    ("settled_because", "text", "Why so."),
    ("label", "as in project", "How far people decided in this one."),
)
CHANGES = _columns(
    ("on", "date", "When."),
    ("decision", "text", "Which decision; empty for the charter itself."),
    ("field", "code", "What of it."),
    ("before", "text", "As it was."),
    ("after", "text", "As it is."),
    ("narrows", "yes or no", "Whether people could change less afterwards."),
    ("because", "text", "The reason that people were told."),
)
CARDS = _columns(
    ("card", "id", "Its number in this file; another file may give it another one. Says nothing of when or by whom."),
    ("given_as", "words, picture, drawing, photo, voice, place, sort, rating", "How; empty where that could tell of fewer than 5."),
    ("language", "BCP 47", "As it was given; empty where that could tell of fewer than 5."),
    ("workshop", "id", "Where; empty for outside a workshop, or where that could tell of fewer than 5."),
    ("off_agenda", "yes or no", "It was about something else than was asked."),
    ("no_content", "yes or no", "Blank, “n/a” and the like: set apart, not dropped."),
    ("words", "text", "As written, only where its author said yes to a report."),
)  # fmt: skip
THEMES = _columns(
    ("theme", "id", "Its number in this file."),
    ("name", "text", "What the team calls it."),
    ("cards", "number", "How many; empty where that would tell of fewer than 5."),
)
PLACED = _columns(("card", "id", "As in cards."), ("theme", "id", "As in themes. A card may lie in several."))
ANSWERS = _columns(
    ("answer", "id", "Its number in this file."),
    ("theme", "id", "As in themes; empty for an answer to one card."),
    ("version", "number", "Which wording."),
    ("published_on", "date", "When."),
    ("current", "yes or no", "Whether it is the one that stands."),
    ("outcome", "done, doing, partly, not doing", "What became of it."),
    ("we_heard", "text", "What the team heard."),
    ("we_do", "text", "What is done, or cannot be."),
    ("because", "text", "Why."),
    ("body", "text", "Who says so, and owes it."),
    ("promised_on", "date", "By when."),
    ("moved_because", "text", "Why the day moved."),
    ("kept_on", "date", "When it was done."),
    ("decided_by", "text", "Who had the power to, as the charter names them."),
    ("waits_for", "text", "Somebody outside, without whom it cannot go on."),
    ("meanwhile", "text", "What is done until then."),
)
COUNTERS = _columns(
    ("key", "acknowledged, answered, changed, confirmed", "Which."),
    ("number", "number", "Empty where it would tell of fewer than 5."),
    ("of", "number", "Out of how many; empty in the same way."),
    ("words", "text", "What is said in place of an empty number."),
    ("counts", "cards, people", "What it counts."),
    ("meaning", "text", "What exactly."),
)
TIMELINE = _columns(
    ("on", "date", "The day."),
    ("kind", "done, late, to come", "Whether it happened."),
    ("sentence", "text", "What."),
)
