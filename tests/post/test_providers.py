"""Each mail provider that docs/run/post.md names starts with the settings named there, and can be handed our mails."""

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.mail import get_connection

from tests.cast import NOW
from tests.post.test_mail_line import LETTER
from tests.walks.site import PATIENCE
from withus.post import bounces
from withus.post.lines import LineDown
from withus.post.mail_line import MailLine, _message
from withus.post.models import Outgoing
from withus.post.pages import provider

DOCS = (Path(__file__).parents[2] / "docs" / "run" / "post.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.MULTILINE)
NAMED = {name: re.findall(r"`WITHUS_ANYMAIL_(\w+)", wants) for name, wants in ROW.findall(DOCS)}
BY_KEY = sorted(name for name, wants in NAMED.items() if wants)


def use(settings: Any, name: str) -> None:  # Any: pytest-django's settings
    values = {one: "https://provider.example" if one.endswith("URL") else "a key" for one in NAMED[name]}
    settings.WITHUS_MAIL_PROVIDER = name
    settings.ANYMAIL = {"IGNORE_UNSUPPORTED_FEATURES": True, **values}
    settings.EMAIL_BACKEND = f"anymail.backends.{name}.EmailBackend"


@pytest.mark.parametrize("name", BY_KEY)
def test_with_what_the_table_says_a_mail_can_be_handed_over(settings: Any, name: str) -> None:
    use(settings, name)
    connection: Any = get_connection()
    made = connection.build_message_payload(_message(LETTER, uid=str(uuid4())), connection.send_defaults)
    said = f"{made.data} {made.serialize_data()}"
    assert ("amira" in said, LETTER.text in said, LETTER.stop in said) == (True, True, True)


@pytest.mark.parametrize("name", BY_KEY)
def test_without_its_key_the_line_is_down_and_no_letter_is_refused(settings: Any, name: str) -> None:
    use(settings, name)
    settings.ANYMAIL = {}
    with pytest.raises(LineDown):
        MailLine().hand_over(LETTER, uid="1")


def test_the_table_is_read() -> None:
    assert {"postmark", "mailgun", "brevo", "amazon_ses"} <= set(NAMED)
    assert len(BY_KEY) == 9


@pytest.mark.parametrize(("name", "said"), [("postmrak", "postmrak"), ("postmark", "POSTMARK_SERVER_TOKEN")])
def test_a_provider_that_cannot_work_is_said_at_the_start_in_one_sentence(tmp_path: Path, name: str, said: str) -> None:
    env = {key: value for key, value in os.environ.items() if not key.startswith(("WITHUS_", "DJANGO_"))}
    command = [sys.executable, "-m", "withus.site.cli", "serve", "--data", str(tmp_path), "--port", "0"]
    ran = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env={**env, "WITHUS_MAIL_PROVIDER": name},
    )
    assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (1, "", 1)
    assert ran.stderr.startswith(f"WITHUS_MAIL_PROVIDER is '{name}': ")
    assert said in ran.stderr


@pytest.mark.django_db
def test_a_provider_that_keeps_no_key_of_ours_is_believed_by_its_own() -> None:
    letter = Outgoing.objects.create(
        kind="invitation", way="email", once="1", state="sent", run_at=NOW, provider_id="m-1"
    )
    for message_id in ("", "m-2", "m-1"):
        event = SimpleNamespace(event_type="bounced", metadata={}, message_id=message_id)
        provider.note(None, event=event)
        letter.refresh_from_db()
        assert (letter.bounced_at is not None) == (message_id == "m-1")
    assert bounces.called("") == ""
