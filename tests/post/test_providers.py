"""Each mail provider that docs/run/post.md names starts with the settings named there, and can be handed our mails."""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
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
from withus.post.lines import LineDown, NoSuchAddress, Refused
from withus.post.mail_line import MailLine, _message
from withus.post.models import Outgoing
from withus.post.pages import provider
from withus.post.troubles import is_the_address

pytestmark = pytest.mark.slow

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


SAYS = {
    300: "Invalid 'To' address: 'amira@example.org'.",
    406: "Found inactive addresses: amira@example.org. Inactive recipients are ones that have generated a hard bounce.",
}


class Postmark(ThreadingHTTPServer):
    """On this machine: answers what it is told to, and keeps what came."""

    def __init__(self, status: int, code: int) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.code = status, code
        self.taken: list[Any] = []


class Handler(BaseHTTPRequestHandler):
    server: Postmark

    def do_POST(self) -> None:
        self.server.taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        if not self.server.status:
            return
        said = {
            "ErrorCode": self.server.code,
            "Message": SAYS.get(self.server.code, "Said."),
            "MessageID": "m-1",
            "To": "amira@example.org",
        }
        raw = json.dumps(said).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def postmark(settings: Any, status: int, code: int = 0) -> Iterator[Postmark]:  # Any: as above
    server = Postmark(status, code)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    use(settings, "postmark")
    settings.ANYMAIL["POSTMARK_API_URL"] = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_what_a_provider_calls_it_is_known(settings: Any) -> None:
    with postmark(settings, 200) as server:
        assert MailLine().hand_over(LETTER, uid="1") == "m-1"
    assert (server.taken[0]["To"], server.taken[0]["Metadata"]) == ("amira@example.org", {"withus": "1"})


@pytest.mark.parametrize(
    ("status", "code", "kind", "perhaps"),
    [
        (422, 406, NoSuchAddress, None),  # known to be dead
        (422, 300, NoSuchAddress, None),  # no address
        (422, 1101, Refused, None),
        (401, 10, LineDown, False),
        (429, 0, LineDown, False),
        (500, 0, LineDown, True),
        (503, 0, LineDown, True),
        (0, 0, LineDown, True),
    ],
)
def test_what_a_real_client_raises_is_told_apart(
    settings: Any, status: int, code: int, kind: type[Exception], perhaps: bool | None
) -> None:
    """One address that is not taken must not hold up everybody, and one that is dead goes by the next way at once."""
    with postmark(settings, status, code), pytest.raises((LineDown, Refused)) as raised:
        MailLine().hand_over(LETTER, uid="1")
    assert type(raised.value) is kind
    assert getattr(raised.value, "perhaps_sent", None) is perhaps
    assert "amira" not in str(raised.value)
    assert (kind is NoSuchAddress) <= is_the_address(str(raised.value))
