"""
Ids of another organisation, put into the addresses and forms of one's own project: each is refused or not found, and no row changes.

Dev (who runs his project) and Amira (who takes part in it) know every id of Sam's project, as a leaked export or a curious colleague might.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.urls import reverse

from tests.cast import Cast, give_name
from tests.site.test_access import BARE, client_of, world
from tests.site.world import World
from withus.charter import actions as charter
from withus.charter.models import Change, Decision
from withus.live import actions as live
from withus.live.models import Contribution, Duty, Learned, ParkedSubject
from withus.loop import actions as loop
from withus.loop.models import Act, Answer, Suggestion, Telling, Theme
from withus.loop.models_of_answers import MayName
from withus.plan import actions as plan
from withus.plan.models import Block
from withus.post.models import LetterState, Outgoing
from withus.table import actions as table
from withus.table.models import Workshop

__all__ = ["world"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@dataclass
class Theirs:
    """Everything of Sam's project that has an id, once."""

    path: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def theirs(world: World) -> Theirs:
    them = world.them
    their_project(them)
    project, workshop = them.sams_project, Workshop.objects.get(project=them.sams_project)
    uid = {
        "person": them.sams_person.uid,
        "workshop": workshop.uid,
        "card": Contribution.objects.get(project=project, words="Their words.").uid,
        "subject": ParkedSubject.objects.get(workshop=workshop).uid,
        "block": Block.objects.get(workshop=workshop).uid,
        "theme": Theme.objects.get(project=project, name="Theirs").uid,
        "back": Theme.objects.get(project=project, name="Also theirs").uid,
        "answer": Answer.objects.get(project=project).uid,
        "learned": Learned.objects.get(workshop=workshop).uid,
        "act": Act.objects.filter(project=project).order_by("pk")[0].uid,
        "decision": Decision.objects.get(project=project).uid,
        "duty": Duty.objects.get(project=project).uid,
        "letter": Outgoing.objects.filter(belongs_to=project.uid).order_by("pk")[0].uid,
        "tellings": Telling.objects.get(person=them.sams_person).uid,
        "organisation": project.organisation.uid,
    }
    known = {name: str(value) for name, value in uid.items()}
    known["mark"] = Contribution.objects.get(project=project, words="Their words.").mark
    form = known | {
        "end": known["person"], "whose": known["person"], "into": known["theme"], "undo": known["act"], "since": known["act"],
        "workshops": known["workshop"], "about": known["decision"], "turning": known["theme"], "code": "AAAA-AAAA",
        "named": str(MayName.objects.get(project=project).pk),
        "change": str(Change.objects.filter(project=project, narrows=True)[0].pk),
        "suggestion": str(Suggestion.objects.get(theme__project=project).pk),
        "staff": str(them.sam.uid), "leave": f"{them.sam.uid} facilitator", "part": "facilitator", "to": f"staff:{them.sam.uid}",
    }  # fmt: skip
    return Theirs(known | {"media": known["card"], "call": known["card"]}, form)


def their_project(them: Cast) -> None:
    """Everything that has an id, once."""
    project, sana, now = them.sams_project, them.sams_person, them.now
    by: Any = {"by": them.sam, "now": now}  # Any: what every act wants
    give_name(sana, "Sana")
    seat: Any = {
        "role": "member",
        "group": "",
        "power": "",
        "vote": None,
        "chair": False,
    }  # Any: an act's own arguments
    workshop = table.add_workshop(project, title="Theirs", **by, **hours(them))
    table.change_place(sana, workshops=[workshop], **seat, **by)
    plan.add_block(workshop, kind="activity", minutes=20, **by)
    Workshop.objects.filter(pk=workshop.pk).update(state="open")
    workshop.refresh_from_db()
    decision = charter.add_decision(
        project, what="Buses", openness="open", decider="Sam", options=["red", "blue"], **by
    )
    charter.freeze(project, **by)
    charter.change_decision(decision, version=1, openness="settled", settled_on=now.date(), because="It is.", **by)
    said = live.add_contribution(project, workshop=workshop, person=sana, words="Their words.", sent_once="s", now=now)
    live.keep_learned(workshop, words="Theirs, learned.", **by)
    live.park(project, workshop=workshop, person=sana, words="Theirs, parked.", sent_once="t", now=now)
    table.choose_way(sana, way="email", address="sana@elsewhere.example", how_often="", now=now)
    cards = [said.contribution]
    theme = loop.make_theme(project, name="Theirs", contributions=cards, read=True, **by)
    loop.remove_theme(loop.make_theme(project, name="Also theirs", contributions=cards, **by), **by)
    answer = loop.draft_answer(
        project, theme=theme, we_heard="Theirs.", outcome="done", we_do="A bus.", because="So.", body="Us", **by
    )
    loop.publish(answer, **by)
    loop.invite_to_sort(sana, **by)
    loop.suggest_name(theme, words="Their name", person=sana, now=now)
    loop.allow_name(project, who=them.sam, yes=True, now=now)
    live.add_duty(project, who="Sam", begins=now, ends=now + timedelta(days=9000), now=now)
    Outgoing.objects.filter(belongs_to=project.uid).update(state=LetterState.FAILED)


def hours(them: Cast) -> dict[str, Any]:  # Any: a workshop's own fields
    own = Workshop.objects.filter(project=them.project)[0]
    return {"on": own.on, "starts": own.starts, "ends": own.ends, "place": "There"}


OF_UID = {
    "live:media": "media", "live:call": "call", "live:called": "call", "findings:owned": "decision",
    "charter:acts": "decision", "charter:decision": "decision", "table:person": "person",
    **dict.fromkeys(("loop:theme", "loop:beside", "loop:fits"), "theme"),
    **dict.fromkeys(
        [f"loop:{one}" for one in ("answer", "still_so", "wordings", "edit_answer", "publish", "redate", "kept")], "answer"
    ),
}  # fmt: skip
"""What the `uid` of an address is; a workshop's where nothing else is said."""


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of ours. A lock that was taken for nothing leaves only its own count."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("withus."):
            continue
        names = [one.attname for one in model._meta.concrete_fields if one.attname not in {"writes", "last_login"}]
        found[model._meta.label] = sorted(model._default_manager.values_list(*names), key=repr)
    return found


def told(before: dict[str, list[tuple[Any, ...]]], after: dict[str, list[tuple[Any, ...]]]) -> list[str]:
    return [name for name in before if before[name] != after[name]]


def addresses(world: World, theirs: Theirs) -> list[tuple[str, str]]:
    """Each address of the own project with something of Sam's in it: one id at a time, the rest the own."""
    found = []
    for name, own in world.kwargs.items():
        if "address" not in own or name in BARE:
            continue
        for key in own.keys() - {"address", "rule", "what", "which", "number", "step", "token", "secret"}:
            foreign = theirs.path[OF_UID.get(name, "workshop") if key == "uid" else key]
            found.append((name, reverse(name, kwargs={**own, key: foreign})))
    return found


def test_an_id_of_another_project_in_the_address_is_not_found_and_changes_nothing(world: World, theirs: Theirs) -> None:
    tried, wrong, before = 0, [], rows()
    clients = {who: client_of(who, world.them) for who in ("dev", "amira")}
    for name, url in addresses(world, theirs):
        for who, client in clients.items():
            for method in ("get", "post"):
                answer = getattr(client, method)(url, PRESS)
                tried += 1
                page = answer.content.decode(errors="replace")
                fine = {302, 404, 405} | ({200} if name == CALLED else set()) | SIGNED_OUT.get((who, method), set())
                if answer.status_code not in fine or any(word in page for word in SECRET):
                    wrong.append(f"{who} {method} {name}: {answer.status_code}")
    assert (wrong, told(before, rows())) == ([], [])
    assert tried > 100


SIGNED_OUT = {("amira", "post"): {403}}
"""Who is not signed in is given back what they sent to a page of the team, the same whether there is such a thing or not."""
CALLED = "live:called"
"""Says of a call that is not there what it says of one that nobody heard, whoever asks."""
PRESS = {"do": "hold", "why": "names", "so": "yes", "says": "no", "to": "out"}
SECRET = ("Their words.", "Theirs, parked.", "Theirs, learned.", "Sana", "Also theirs", "sana@elsewhere.example")
WORKBENCH = ("", "read", "apart", "content")
WRITTEN = {"we_heard": "a", "we_do": "b", "because": "c", "body": "d", "outcome": "done", "version": "1"}
BY_DEV: list[tuple[str, dict[str, str]]] = [
    *(("loop:themes", {"do": do, "only": ids}) for ids in ("undo", "back", "into card", "card") for do in WORKBENCH),
    *(("loop:theme", {"do": do}) for do in ("out", "move", "merge", "split", "use", "leave")),
    *(("loop:steps", {"only": only}) for only in ("undo", "since")),
    *(("loop:sorters", {"only": only}) for only in ("person", "end")),
    ("loop:beside", {"only": "card into"}),
    ("loop:publish", {"do": "read"}),
    ("loop:letters", {"only": "tellings"}),
    *(("loop:not_gone", {"do": do}) for do in ("again", "off")),
    ("loop:in_person", {"who": "Dev", "how": "Told"}),
    ("loop:notices", {"how": "Told"}),
    ("loop:slips", {"says": "no", "because": ""}),
    ("loop:new_words", {"described": "yes", "only": "mark"}),
    *(("loop:close", {"do": do}) for do in ("second", "back")),
    ("live:paper", {"words": "x", "sent_once": "x"}),
    ("live:care", {"do": "remove"}),
    ("table:team", {"only": "staff part"}),
    ("table:team", {"only": "leave"}),
    ("table:invite", {"only": "person"}),
    ("table:add", {"role": "member", "way": "none"}),
    ("table:person", {"role": "member"}),
    ("plan:add", {"kind": "activity", "minutes": "5", "only": "about"}),
    ("plan:block", {"kind": "activity", "minutes": "5", "only": "about"}),
    ("charter:weighed", {"weighed": "yes"}),
    ("charter:acts", {"on": "2026-05-06", "act": "A lease", "closes": "red"}),
    ("loop:edit_answer", WRITTEN | {"only": "decision"}),
    ("loop:edit_answer", WRITTEN | {"only": "named"}),
    ("findings:ask", {"words": "Why?", "only": "to"}),
]  # fmt: skip
BY_AMIRA: list[tuple[str, dict[str, str]]] = [
    *(("loop:sort", {"do": do}) for do in ("undo", "suggest", "")),
    ("loop:fits", {"says": "not meant"}),
    ("table:answer", {"answer": "yes"}),
]
"""Presses in the own project; the ids that the form sends are Sam's, all of them, or those that `only` names."""


def test_ids_of_another_project_in_a_form_are_refused_and_change_nothing(world: World, theirs: Theirs) -> None:
    them, wrong, before = world.them, [], rows()
    for who, presses in (("dev", BY_DEV), ("amira", BY_AMIRA)):
        client = client_of(who, them)
        for name, said in presses:
            only = said.get("only", "").split() or list(theirs.form)
            form = {key: value for key, value in theirs.form.items() if key in only and key not in said} | said
            kwargs = world.kwargs.get(name, {"address": them.project.address})
            answer = client.post(reverse(name, kwargs=kwargs) + query(name), form)
            page = answer.content.decode(errors="replace")
            if answer.status_code not in {302, 404, 409, 422} or any(word in page for word in SECRET):
                wrong.append(f"{name} {said}: {answer.status_code}")
            after = rows()
            wrong += [f"{name} {said} changed {one}" for one in told(before, after) if one not in MAY.get(name, ())]
            before = after
    assert "\n".join(wrong) == ""


MAY = {"loop:slips": ("people.Miss",)}
"""What a press may leave all the same: that a number was tried."""


def query(name: str) -> str:
    from withus.findings.models import Found

    row = Found.objects.order_by("pk").first()
    return f"?where={row.where}" if name == "findings:ask" and row else ""


@pytest.mark.parametrize("key", ["theme", "card", "learned"])
def test_no_answer_is_begun_to_what_is_another_project_s(world: World, theirs: Theirs, key: str) -> None:
    url = reverse("loop:new_answer", kwargs={"address": world.them.project.address})
    before, dev = rows(), client_of("dev", world.them)
    said = WRITTEN | {"version": "0"}
    for foreign in (theirs.path["theme"], theirs.path["card"], theirs.path["learned"]):
        assert dev.post(f"{url}?{key}={foreign}", said).status_code == 404
        assert dev.get(f"{url}?{key}={foreign}").status_code == 404
    assert told(before, rows()) == []


def test_a_card_of_one_project_is_put_into_no_theme_of_another_by_the_actions_either(
    world: World, theirs: Theirs
) -> None:
    them = world.them
    foreign = Contribution.objects.filter(project=them.sams_project)
    mine = Theme.objects.filter(project=them.project)[0]
    before = rows()
    assert loop.place(mine, contributions=foreign, by=them.dev, now=them.now) == 0
    assert loop.take_out(mine, contributions=foreign, by=them.dev, now=them.now) == 0
    assert loop.cards_read(them.project, contributions=foreign, by=them.dev, now=them.now) == 0
    assert loop.set_apart(them.project, contributions=foreign, by=them.dev, now=them.now) == 0
    assert loop.note_posted(them.project, uids=[UUID(theirs.form["tellings"])], by=them.dev, now=them.now) == 0
    assert told(before, rows()) == []


def test_the_table_knows_every_form_field_that_holds_an_id(world: World) -> None:
    """A new address with an id that is not filled in above fails here."""
    known = {"uid", "person", "card", "subject", "block", "mark"}
    plain = {"address", "rule", "what", "which", "number", "step", "token", "secret", "code", "key", "provider"}
    named = {key for _name, own in world.kwargs.items() for key in own}
    assert named - plain == known & named
