"""How a room decides, and what weight that gives to members with lived experience."""

from withus.facts.mix import plain
from withus.facts.workshop import Workshop

_BOTH = frozenset({"both", "staff"})
MAJORITY_OF, DECIDES = "majority of ", " decides"
_VETO = frozenset({"consensus", "unanimous"})
# Words by which a rule may speak of members with lived experience, or of everybody. Our own lists (D).
_LIVED = ("lived", "member", "user", "carer", "patient", "tenant", "resident", "participant", "survivor", "peer", "famil",
          "young", "parent", "student", "guest", "expert")  # fmt: skip
_EVERYBODY = (
    "all",
    "everybody",
    "everyone",
    "group",
    "room",
    "together",
    "whole",
    "both",
    "assembly",
    "jury",
    "circle",
)
_OTHERS = ("staff", "professional", "officer", "clinician", "manager", "trustee", "director", "board", "councillor",
           "consultant", "commissioner", "executive", "academic", "researcher", "police", "doctor", "nurse", "cabinet",
           "governor", "chief", "head", "leader", "ceo", "chair", "lead", "funder", "minister",
           "panel", "committee", "present")  # fmt: skip


def has_veto(workshop: Workshop) -> bool:
    """Nothing is decided against the members with lived experience."""
    rule = workshop.decision_rule or ""
    return rule in _VETO or (rule.startswith(MAJORITY_OF) and speaks_of_lived(workshop, rule.removeprefix(MAJORITY_OF)))


def speaks_of_lived(workshop: Workshop, words: str) -> bool:
    said = plain(words)
    lived = [each for each in workshop.people or () if each.lived]
    names = [plain(name) for each in lived for name in (each.who, each.group) if name]
    if any(name in said or set(said.split()) <= set(name.split()) for name in names):
        return True
    return any(word in said for word in _LIVED) and not any(word in said.split() for word in _OTHERS)


def only_members_vote(workshop: Workshop) -> bool | None:
    """Somebody with lived experience votes, and nobody else does; None where that is not known of everybody."""
    people = [each for each in workshop.people or () if each.count != 0]
    if any(each.lived is False and each.votes for each in people):
        return False
    if people and all(each.lived is False or each.votes is False for each in people):
        return False
    known = bool(people) and all(each.lived is not None and each.votes is not None for each in people)
    return True if known else None


def members_run_it(workshop: Workshop) -> bool | None:
    """They chair, they alone vote, and no rule gives the last word to somebody else."""
    chair, vote = workshop.chair, only_members_vote(workshop)
    if chair is not None and (chair.lived is False or plain(chair.role or "") in _BOTH):
        return False
    if vote is False or somebody_else_decides(workshop) is not None:
        return False
    return None if vote is None or chair is None or chair.lived is None else True


def somebody_else_decides(workshop: Workshop) -> str | None:
    """Who, by the rule "... decides", where that is neither the group nor somebody with lived experience."""
    rule = workshop.decision_rule or ""
    if not rule.endswith(DECIDES):
        return None
    who = plain(rule.removesuffix(DECIDES))
    if speaks_of_lived(workshop, who) or any(word in who.split() for word in _EVERYBODY):
        return None
    if "chair" in who.split() and (workshop.chair is None or workshop.chair.lived is not False):
        return None
    others = [each for each in workshop.people or () if each.lived is False]
    named = any(name and plain(name) in who for each in others for name in (each.who, each.group))
    if named or any(word.startswith(_OTHERS) for word in who.split()):
        return rule.removesuffix(DECIDES)
    return None


def majority(workshop: Workshop) -> bool:
    """By heads, or by the heads of others: who has few seats is outvoted."""
    rule = workshop.decision_rule or ""
    return rule == "majority" or (rule.startswith(MAJORITY_OF) and not has_veto(workshop))
