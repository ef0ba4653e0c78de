"""
GOV.UK Notify, for who has it: text messages and printed letters, over its HTTP interface, version 2.

Two calls are all that is used, so they are written out here; the official client brings three more packages, one of them long unkept.
What was handed over is found again by its reference, so that nothing goes twice after a fall.
"""

import base64
import hashlib
import hmac
import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from django.conf import settings

from withus.post.letter import PaperLetter, Rendered, TextMessage
from withus.post.lines import LineDown, NoSuchAddress, Refused

SECONDS = 20
UUID_LENGTH = 36
BAD_KEY, TOO_MUCH, THEIR_FAULT = (401, 403), 429, 500


class NotifyLine:
    """The key is `name-serviceid-secretkey`, as Notify shows it. Its own texts hold `((text))`; for letters `((subject))` too."""

    def hand_over(self, rendered: Rendered, *, uid: str) -> str:
        if isinstance(rendered, TextMessage):
            body = {
                "phone_number": rendered.to,
                "template_id": settings.WITHUS_NOTIFY_TEXT,
                "personalisation": {"text": rendered.text},
            }
            return self._send("sms", body, uid)
        assert isinstance(rendered, PaperLetter)
        lines = {f"address_line_{number}": line for number, line in enumerate(rendered.address, start=1)}
        if len(lines) < 3:
            raise NoSuchAddress("NotifyRefused address")
        body = {
            "template_id": settings.WITHUS_NOTIFY_LETTER,
            "personalisation": {**lines, "subject": rendered.subject, "text": rendered.text},
        }
        return self._send("letter", body, uid)

    def has(self, uid: str) -> str | None:
        query = urllib.parse.urlencode({"reference": uid})
        found = self._ask("GET", f"/v2/notifications?{query}").get("notifications") or []
        return str(found[0]["id"]) if found else ""

    def became(self, provider_id: str) -> str:
        """What became of it, in Notify's own word: `delivered`, `permanent-failure`, ..."""
        return str(self._ask("GET", f"/v2/notifications/{urllib.parse.quote(provider_id, safe='')}").get("status", ""))

    def cut(self) -> None:
        """Each call ends by itself: its time is counted."""

    def close(self) -> None:
        """Each call is a connection of its own."""

    def _send(self, what: str, body: dict[str, Any], uid: str) -> str:
        said = self._ask("POST", f"/v2/notifications/{what}", {**body, "reference": uid})
        if "id" not in said:
            raise LineDown("Notify without id", perhaps_sent=True)
        return str(said["id"])

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        request = urllib.request.Request(  # noqa: S310 -- the address is a setting, https by default
            settings.WITHUS_NOTIFY_ADDRESS + path,
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Authorization": f"Bearer {_token()}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 -- the address is a setting, https by default
                said = json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            status, address = refused.code, _is_the_address(refused)
            if status in (*BAD_KEY, TOO_MUCH):
                raise LineDown(f"Notify {status}") from None
            if status >= THEIR_FAULT:
                raise LineDown(f"Notify {status}", perhaps_sent=True) from None
            raise (NoSuchAddress(f"NotifyRefused {status}") if address else Refused(f"Notify {status}")) from None
        except (OSError, ValueError, http.client.HTTPException) as trouble:
            raise LineDown(type(trouble).__name__, perhaps_sent=True) from None
        return said if isinstance(said, dict) else {}


def _is_the_address(refused: urllib.error.HTTPError) -> bool:
    """Notify says apart what is wrong with a number or an address, and what is wrong with our key or template. Its words are not kept."""
    try:
        with refused:
            errors = json.loads(refused.read()).get("errors", [])
    except (OSError, ValueError, AttributeError):
        return False
    said = " ".join(str(one.get("message", "")) for one in errors if one.get("error") == "ValidationError").lower()
    abroad = any("international mobile" in str(one.get("message", "")) for one in errors)
    return abroad or any(word in said for word in ("phone_number", "phone number", "address", "postcode"))


def _token() -> str:
    """A JSON web token, signed with HMAC-SHA256, good for half a minute: as Notify asks for it."""
    key: str = settings.WITHUS_NOTIFY_KEY
    secret, service = key[-UUID_LENGTH:], key[-2 * UUID_LENGTH - 1 : -UUID_LENGTH - 1]
    parts = [_part({"typ": "JWT", "alg": "HS256"}), _part({"iss": service, "iat": int(time.time())})]
    signed = ".".join(parts)
    return f"{signed}.{_base64(hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest())}"


def _part(content: dict[str, Any]) -> str:
    return _base64(json.dumps(content, separators=(",", ":")).encode())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
