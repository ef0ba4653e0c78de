"""Ways out that need somebody else's word: drafted questions, the group's own time, and the two answers to a finding, begun for you."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from withus.checkup.proposed import Opener, Words, add_block
from withus.facts.words import BlockKind
from withus.findings import asks, proposal
from withus.findings.models import Found
from withus.projects.models import Part, Project


def ask(words: Words, *, to: str = Part.CO_LEAD) -> Opener:
    """A question to a decision maker or a co-lead: what we see, without figures of people, and what we ask."""

    def opened(project: Project, found: Found, says: str) -> str:
        seen = str(asks.WITHOUT_FIGURES) if found.trap == asks.TOKEN_SEAT else _plain(project, found)
        text = _("We looked at how we work, and this is what we saw:\n%(seen)s\n\n%(question)s") % {
            "seen": seen,
            "question": words,
        }
        return _at("findings:ask", project, found, says, {"words": text, "to": to})

    return opened


def _plain(project: Project, found: Found) -> str:
    """As everybody may read it."""
    return asks.ready(project, [found], hides=asks.OF_PERSONS)[0].sentence


def ask_the_group(prompt: Words, *, minutes: int = 20) -> Opener:
    """Open time in the next workshop that begins with this question. It is theirs: it takes nothing from other open time."""
    return add_block(BlockKind.VENTING, minutes, prompt=prompt)


def explain(words: Words) -> Opener:
    def opened(project: Project, found: Found, says: str) -> str:
        return _at("findings:explain", project, found, says, {"because": str(words)})

    return opened


def own(words: Words) -> Opener:
    """ "We got this wrong", begun: what it cost people and what we do now is for those who write it."""

    def opened(project: Project, found: Found, says: str) -> str:
        return _at("findings:own", project, found, says, {"what_we_did": str(words)})

    return opened


def _at(name: str, project: Project, found: Found, says: str, fields: dict[str, str]) -> str:
    path = reverse(name, args=[project.address, found.rule])
    there = proposal.address(project, path, says=says, fields=fields)
    return f"{there}&{urlencode({'where': found.where})}"
