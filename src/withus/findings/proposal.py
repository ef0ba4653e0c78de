"""
A change that a way out proposes: it fills a form and does nothing. It travels in the address, signed, so that nobody else can put values
into somebody's form by a link.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.utils.http import urlencode

from withus.projects.models import Project

SALT = "withus.findings.proposal"
A_DAY = 24 * 60 * 60
NAME = "proposed"


@dataclass(frozen=True)
class Proposal:
    """`says`: the way out, in the words of the finding; `fields`: what it fills in, by the form's own names."""

    says: str
    # Any: values of form fields, as JSON has them.
    fields: Mapping[str, Any]


def address(project: Project, path: str, *, says: str, fields: Mapping[str, Any]) -> str:
    """The page with the form, and the proposal."""
    sealed = signing.dumps({"of": str(project.uid), "says": says, "fields": dict(fields)}, salt=SALT, compress=True)
    return f"{path}?{urlencode({NAME: sealed})}"


def of(request: HttpRequest, project: Project) -> Proposal | None:
    """None where there is none, or it is not ours, of another project, or older than a day: then the form is as it stands."""
    sealed = request.GET.get(NAME, "")
    if not sealed:
        return None
    try:
        said = signing.loads(sealed, salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        return None
    if said["of"] != str(project.uid):
        return None
    return Proposal(said["says"], said["fields"])


def fields(proposal: Proposal | None) -> dict[str, Any]:
    """What to begin a form with; nothing where nothing is proposed."""
    return dict(proposal.fields) if proposal else {}


def only_said(request: HttpRequest) -> str:
    """The words of a way out that leads to a page without a form to fill in: shown on top of it. "" otherwise."""
    sealed = request.GET.get(NAME, "")
    try:
        said = signing.loads(sealed, salt=SALT, max_age=A_DAY) if sealed else None
    except signing.BadSignature:
        return ""
    return str(said["says"]) if said and not said["fields"] else ""
