"""The six answers, pressed twice."""

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.cast import Cast, cast, signed_in
from withus.projects.models import Project
from withus.table.pages import begin

pytestmark = pytest.mark.django_db
LAST = {"safe_person": "Priya", "safe_person_how": ""}


def test_two_presses_at_once_make_one_project() -> None:
    """Both were read before either was done, as it is with a double press."""
    them = cast()
    client = signed_in(them.dev)
    client.post(step("about"), {"title": "The garden", "purpose": "What to plant."})
    client.post(step("back"), {"hear_back_on": "2026-09-01"})
    presses = [pressed(client, them) for _ in range(2)]
    answers = [begin.begin_step(one, step="safe") for one in presses]
    made = Project.objects.get(title="The garden")
    assert [one["Location"] for one in answers] == [reverse("table:table", args=[made.address]), "/projects"]
    assert [begin.DRAFT in one.session for one in presses] == [False, False]


def step(name: str) -> str:
    return reverse("table:begin_step", args=[name])


def pressed(client: Client, them: Cast) -> HttpRequest:
    request = RequestFactory().post(step("safe"), LAST)
    request.user, request.session = them.dev, SessionStore(client.session.session_key)
    assert begin.DRAFT in request.session
    request._messages = CookieStorage(request)  # type: ignore[attr-defined] # a test's own mix
    return request


def test_whoever_has_made_their_first_project_is_told_what_comes_next() -> None:
    client = signed_in(cast().dev)
    client.post(step("about"), {"title": "The garden", "purpose": "What to plant."})
    client.post(step("back"), {"hear_back_on": "2026-09-01"})
    page = client.post(step("safe"), LAST, follow=True).content.decode()
    assert "Next: add the people whom it is about, and invite them." in page
