"""Any project that the loader accepts, for property tests."""

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from withus.facts.block import Block
from withus.facts.decision import Change, Decision
from withus.facts.feedback import Feedback
from withus.facts.field import Bounds, DecisionRule
from withus.facts.method import Method
from withus.facts.project import Project
from withus.facts.workshop import Pulse, PulseOfLived, Workshop

DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))
WORDS = st.sampled_from(
    ["a", "b", "staff", "members", "website", "letter", "images", "sight", "walking", "wheelchair", "blind", "easy_read",
     "texture box", "print", "audio", "open", "settled", "all", "the members chose it", ""]
)  # fmt: skip
TEXTS = WORDS | st.text(max_size=12).map(lambda text: text.encode("utf-8", "ignore").decode())
RULES = st.sampled_from(["none", "consensus", "unanimous", "majority", "majority of members", "the board decides"])
IDS = ("one", "two", "three")


# Any: type hints have no common class of their own.
def of_hint(hint: Any) -> st.SearchStrategy[Any]:
    origin = get_origin(hint)
    if origin is Union or type(hint).__name__ == "UnionType":
        inner = [each for each in get_args(hint) if each is not type(None)]
        return st.none() | of_hint(inner[0])
    if origin is Annotated:
        return _annotated(hint)
    if origin is tuple:
        return st.lists(of_hint(get_args(hint)[0]), max_size=3).map(tuple)
    if origin is Mapping:
        key, value = get_args(hint)
        return st.dictionaries(of_hint(key), of_hint(value), max_size=2)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    leaves = {str: TEXTS, bool: st.booleans(), date: DAYS, time: st.times().map(lambda t: t.replace(microsecond=0))}
    return leaves[hint] if hint in leaves else of_class(hint)


def _annotated(hint: Any) -> st.SearchStrategy[Any]:
    inner, *marks = get_args(hint)
    for mark in marks:
        if isinstance(mark, DecisionRule):
            return RULES
        if isinstance(mark, Bounds):
            most = min(mark.most, 60)
            return st.integers(0, int(most)) if inner is int else st.floats(0, 1)
    return of_hint(inner)


def of_class(cls: type, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    hints = {name: hint for name, hint in get_type_hints(cls, include_extras=True).items() if name not in given}
    return st.builds(cls, **{name: of_hint(hint) for name, hint in hints.items()}, **given)


def _one_of(names: list[str]) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(names) if names else st.none()


def _ids(names: list[str]) -> st.SearchStrategy[Any]:
    chosen = st.lists(st.sampled_from(names), max_size=3, unique=True).map(tuple) if names else st.just(())
    return st.none() | chosen


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """References point to rows that are there; cards and rounds are possible ones."""
    count = st.integers(0, 3)
    decisions, workshops, methods = (list(IDS[: draw(count)]) for _ in range(3))
    block = of_class(Block, method=_one_of(methods), about=_ids(decisions))
    plan = st.none() | st.lists(block, max_size=4).map(tuple)
    rows = {
        "decisions": st.tuples(*(of_class(Decision, id=st.just(name), asked_in=_ids(workshops)) for name in decisions)),
        "workshops": st.tuples(*(of_class(Workshop, id=st.just(name), plan=plan) for name in workshops)),
        "methods": st.tuples(*(of_class(Method, id=st.just(name)) for name in methods)),
        "changes": st.lists(of_class(Change, decision=_one_of(decisions)), max_size=2).map(tuple),
        "feedback": st.none() | of_class(Feedback),
    }
    project: Project = draw(of_class(Project, today=DAYS, **rows).filter(possible))
    return project


def possible(project: Project) -> bool:
    told = project.feedback
    cards = [each.live.pulse for each in project.workshops if each.live and each.live.pulse]
    every: list[Pulse | PulseOfLived] = [*cards, *(each.lived for each in cards if each.lived)]
    for card in every:
        answers = (card.could_say, card.felt_decided, card.know_next)
        if card.asked is not None and any(each is not None and each > card.asked for each in answers):
            return False
    if told is None:
        return True
    if told.items_answered is not None and told.items_total is not None and told.items_answered > told.items_total:
        return False
    return all(each.reached is None or each.of is None or each.reached <= each.of for each in told.rounds or ())
