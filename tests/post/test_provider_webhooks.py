"""
What each provider of docs/run/post.md sends of a mail that came back, in its documented form, through the real page: believed of a letter
that it can name, signed where it signs, and never said again for days because we cannot read it.
"""

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from tests.cast import NOW
from withus.post import worker
from withus.post.models import LetterState, Outgoing
from withus.post.pages import provider
from withus.site import wiring

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SECRET, KEY = "withus:open sesame", "a key"
SIGNED_IN = "Basic " + b64encode(SECRET.encode()).decode()
AT, TO = 1778075400, "amira@example.org"
WHEN = "2026-05-06T13:50:00.000Z"
Said = dict[str, Any]  # Any: JSON
Headers = dict[str, str]


@pytest.fixture
def letter() -> Iterator[Outgoing]:
    worker.bind(jobs={}, letters={}, sent={}, failed={})
    yield Outgoing.objects.create(
        kind="hello", way="email", once="1", state=LetterState.SENT, run_at=NOW, provider_id="m-1"
    )
    wiring.bind()


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    from anymail.signals import tracking

    tracking.connect(provider.note, dispatch_uid="withus")
    yield
    tracking.disconnect(dispatch_uid="withus")


# What each of them says, as its manual shows it. `hard`, `soft`: given up for good, or for something that may pass; `other`: all is well.


def amazon_ses(kind: str, metadata: Said) -> Said:
    """An event that a configuration set publishes, as SNS brings it."""
    headers = [{"name": "From", "value": "hello@withus.example.org"}]
    headers += [{"name": "X-Metadata", "value": json.dumps(metadata)}] if metadata else []
    said: Said = {
        "eventType": "Delivery" if kind == "other" else "Bounce",
        "mail": {"timestamp": WHEN, "messageId": "m-1", "destination": [TO], "headers": headers},
    }
    if kind == "other":
        said["delivery"] = {"timestamp": WHEN, "recipients": [TO], "smtpResponse": "250 OK"}
    else:
        status = "5.1.1" if kind == "hard" else "4.2.2"
        said["bounce"] = {
            "bounceType": "Permanent" if kind == "hard" else "Transient",
            "bounceSubType": "General" if kind == "hard" else "MailboxFull",
            "bouncedRecipients": [{"emailAddress": TO, "action": "failed", "status": status}],
            "timestamp": WHEN,
            "feedbackId": "f-1",
        }
    return sns("Notification", {"Message": json.dumps(said)})


def sns(kind: str, more: Said) -> Said:
    arn = "arn:aws:sns:eu-west-2:123456789012:withus"
    return {"Type": kind, "MessageId": "sns-1", "TopicArn": arn, "Timestamp": WHEN, **more}


def brevo(kind: str, metadata: Said) -> Said:
    event = {"hard": "hard_bounce", "soft": "soft_bounce", "other": "delivered"}[kind]
    said: Said = {"event": event, "email": TO, "id": 1, "ts_epoch": AT * 1000, "message-id": "m-1", "reason": "550"}
    return said | ({"X-Mailin-custom": json.dumps(metadata)} if metadata else {})


def mailersend(kind: str, _metadata: Said) -> Said:
    event = {"hard": "hard_bounced", "soft": "soft_bounced", "other": "delivered"}[kind]
    email = {"object": "email", "id": "e-1", "message": {"object": "message", "id": "m-1"}, "recipient": {"email": TO}}
    data: Said = {"object": "activity", "id": "a-1", "type": event, "created_at": WHEN, "email": email}
    if kind != "other":
        data["morph"] = {"object": "recipient_bounce", "reason": "Host or domain name not found"}
    return {"type": f"activity.{event}", "created_at": WHEN, "data": data}


def mailgun(kind: str, metadata: Said) -> Said:
    signature = {"token": "t", "timestamp": str(AT), "signature": signed(f"{AT}t".encode(), hashlib.sha256).hex()}
    event = "delivered" if kind == "other" else "failed"
    data = {"event": event, "timestamp": AT, "id": "e-1", "recipient": TO, "user-variables": metadata}
    data |= {"severity": "permanent", "reason": "bounce"} if kind == "hard" else {}
    return {"signature": signature, "event-data": {**data, "message": {"headers": {"message-id": "m-1"}}}}


def mailjet(kind: str, metadata: Said) -> Said:
    said: Said = {"event": "sent" if kind == "other" else "bounce", "time": AT, "MessageID": 1, "email": TO}
    said |= {} if kind == "other" else {"hard_bounce": kind == "hard", "blocked": False, "error": "quota exceeded"}
    return said | {"Payload": json.dumps(metadata) if metadata else ""}


def mandrill(kind: str, metadata: Said) -> Said:
    event = {"hard": "hard_bounce", "soft": "soft_bounce", "other": "send"}[kind]
    message = {"ts": AT, "email": TO, "metadata": metadata, "_id": "m-1", "diag": "smtp;550 5.1.1"}
    return {"event": event, "_id": "m-1", "ts": AT, "msg": message}


def postal(kind: str, _metadata: Said) -> Said:
    """It says a passing failure of each try, and one for good when it stops."""
    message = {"id": "m-1", "token": "t", "direction": "outgoing", "to": TO}
    if kind == "hard":
        return {
            "event": "MessageBounced",
            "timestamp": AT,
            "payload": {"original_message": message, "bounce": {"id": 2}},
        }
    return {"event": "MessageSent", "timestamp": AT, "payload": {"status": "Sent", "message": message, "details": "OK"}}


def postmark(kind: str, metadata: Said) -> Said:
    if kind == "other":
        return {
            "RecordType": "Delivery",
            "MessageID": "m-1",
            "DeliveredAt": WHEN,
            "Recipient": TO,
            "Metadata": metadata,
        }
    said = {"RecordType": "Bounce", "Type": {"hard": "HardBounce", "soft": "SoftBounce"}[kind], "TypeCode": 1, "ID": 1}
    return {**said, "Email": TO, "BouncedAt": WHEN, "MessageID": "m-1", "Metadata": metadata}


def resend(kind: str, metadata: Said) -> Said:
    headers = [{"name": "X-Metadata", "value": json.dumps(metadata)}] if metadata else []
    data: Said = {"email_id": "m-1", "created_at": WHEN, "to": [TO], "headers": headers}
    if kind != "other":
        why = {"hard": "Permanent", "soft": "Transient"}[kind]
        data["bounce"] = {"message": "The email provider sent a bounce message.", "type": why, "subType": "General"}
    return {"type": "email.delivered" if kind == "other" else "email.bounced", "created_at": WHEN, "data": data}


def sparkpost(kind: str, metadata: Said) -> list[Said]:
    event: Said = {"type": "delivery" if kind == "other" else "bounce", "timestamp": str(AT), "rcpt_to": TO}
    event |= {"event_id": "e-1", "transmission_id": "m-1", "rcpt_meta": metadata}
    event |= {} if kind == "other" else {"bounce_class": {"hard": "10", "soft": "22"}[kind], "raw_reason": "550"}
    return [{"msys": {"message_event": event}}]


SAYS: dict[str, Callable[[str, Said], Any]] = {
    one.__name__: one
    for one in (amazon_ses, brevo, mailersend, mailgun, mailjet, mandrill, postal, postmark, resend, sparkpost)
}
KEEPS_NO_KEY = ("mailersend", "postal")
PASSES_APART = ("mailgun", "postal")
"""Of a failure that may pass they say something else than of a mail that came back."""


def signed(raw: bytes, how: Callable[..., Any]) -> bytes:
    return hmac.new(KEY.encode(), raw, how).digest()


@pytest.fixture
def use(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:  # Any: pytest-django's settings
    from anymail.webhooks import amazon_ses as ses

    def these(name: str) -> None:
        """As settings.py makes it of what docs/run/post.md says. Amazon's own package, which asks its network, is not here."""
        settings.WITHUS_MAIL_PROVIDER, settings.WITHUS_MAIL_WEBHOOK_SECRET = name, SECRET
        monkeypatch.setattr(ses, "_get_anymail_boto3_params", lambda **_given: ({}, {}))
        settings.ANYMAIL = {
            "WEBHOOK_SECRET": SECRET,
            "MAILERSEND_SIGNING_SECRET": KEY,
            "MAILGUN_WEBHOOK_SIGNING_KEY": KEY,
            "MANDRILL_WEBHOOK_KEY": KEY,
            "POSTAL_WEBHOOK_KEY": POSTAL[1],
        }

    return these


def _keys() -> tuple[rsa.RSAPrivateKey, str]:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    lines = private.public_key().public_bytes(*form).decode().splitlines()
    return private, "".join(lines[1:-1])


POSTAL = _keys()


def post(name: str, said: Any, *, header: str = SIGNED_IN, forged: bool = False) -> Any:  # Any: JSON
    """As this provider sends and signs it."""
    raw, kind, headers = json.dumps(said).encode(), "application/json", {"Authorization": header} if header else {}
    match name:
        case "amazon_ses":
            kind = "text/plain; charset=UTF-8"
            headers |= {"x-amz-sns-message-type": said.get("Type", ""), "x-amz-sns-message-id": "sns-1"}
        case "mailersend":
            headers |= {"Signature": signed(raw, hashlib.sha256).hex()}
        case "mandrill":
            events = json.dumps([said])
            raw, kind = urlencode({"mandrill_events": events}).encode(), "application/x-www-form-urlencoded"
            url = f"http://{SECRET}@testserver/mail-provider/mandrill"
            headers |= {
                "X-Mandrill-Signature": b64encode(
                    signed(f"{url}mandrill_events{events}".encode(), hashlib.sha1)
                ).decode()
            }
        case "postal":
            signature = POSTAL[0].sign(raw, padding.PKCS1v15(), hashes.SHA1())
            headers |= {"X-Postal-Signature": b64encode(signature).decode()}
    if forged:
        raw = raw.replace(b"m-1", b"m-2") + b" "
    return Client().post(f"/mail-provider/{name}", raw, content_type=kind, headers=headers)


def mine(letter: Outgoing, name: str) -> Said:
    return {} if name in KEEPS_NO_KEY else {"withus": str(letter.uid)}


def became(letter: Outgoing) -> tuple[str, str]:
    row = Outgoing.objects.get(pk=letter.pk)
    return row.state, row.trouble


@pytest.mark.parametrize("name", SAYS)
def test_a_mail_that_came_back_is_known_and_one_that_arrived_is_not_held_against_anybody(
    use: Callable[[str], None], letter: Outgoing, name: str
) -> None:
    use(name)
    assert post(name, SAYS[name]("other", mine(letter, name))).status_code == 200
    assert became(letter) == ("sent", "")
    for _twice in range(2):
        assert post(name, SAYS[name]("hard", mine(letter, name))).status_code == 200
        assert became(letter) == ("failed", "bounce")


@pytest.mark.parametrize("name", [one for one in SAYS if one not in PASSES_APART])
def test_a_full_mailbox_is_said_as_something_that_may_pass(
    use: Callable[[str], None], letter: Outgoing, name: str
) -> None:
    use(name)
    assert post(name, SAYS[name]("soft", mine(letter, name))).status_code == 200
    assert became(letter) == ("failed", "temporary-failure")


@pytest.mark.parametrize("name", SAYS)
def test_nothing_is_believed_without_the_secret_or_of_a_letter_that_nobody_has(
    use: Callable[[str], None], letter: Outgoing, name: str
) -> None:
    use(name)
    for header, status in (("", 401), ("Basic d2l0aHVzOnNodXQ=", 403), ("Basic ???", 403), ("Bearer x", 403)):
        answer = post(name, SAYS[name]("hard", mine(letter, name)), header=header)
        assert (answer.status_code, "WWW-Authenticate" in answer) == (status, status == 401)
    Outgoing.objects.update(provider_id="m-9")
    assert post(name, SAYS[name]("hard", {"withus": "no key"})).status_code == 200
    assert became(letter) == ("sent", "")


@pytest.mark.parametrize("name", ["mailersend", "mandrill", "postal"])
def test_what_is_changed_on_its_way_is_refused(use: Callable[[str], None], letter: Outgoing, name: str) -> None:
    use(name)
    assert post(name, SAYS[name]("hard", mine(letter, name)), forged=True).status_code == 400
    assert became(letter) == ("sent", "")


@pytest.mark.parametrize("name", SAYS)
@pytest.mark.parametrize("said", [{}, [], {"Type": "Notification", "MessageId": "sns-1", "Message": "{"}, {"data": 7}])
def test_what_makes_no_sense_is_not_asked_for_again(use: Callable[[str], None], name: str, said: Any) -> None:
    """A provider repeats for days what is answered with an error of ours. Nobody's words stand in the log."""
    use(name)
    if name == "amazon_ses" and not isinstance(said, dict):
        said = {"Type": "Elsewhere", "MessageId": "sns-1"}
    assert post(name, said).status_code in {200, 400}


def test_a_bounce_before_the_hand_over_is_noted_is_to_be_said_again(
    use: Callable[[str], None], letter: Outgoing
) -> None:
    use("postmark")
    Outgoing.objects.update(state=LetterState.SENDING)
    said = postmark("hard", mine(letter, "postmark"))
    answer = post("postmark", said)
    assert (answer.status_code, answer["Retry-After"], became(letter)) == (503, "60", ("sending", ""))
    Outgoing.objects.update(state=LetterState.SENT)
    assert (post("postmark", said).status_code, became(letter)) == (200, ("failed", "bounce"))


def test_amazon_names_the_mail_where_it_was_not_told_to_bring_our_headers(
    use: Callable[[str], None], letter: Outgoing
) -> None:
    """Its older form, which an identity sends by itself."""
    use("amazon_ses")
    said = amazon_ses("hard", {})
    inner = json.loads(said["Message"])
    inner["notificationType"] = inner.pop("eventType")
    del inner["mail"]["headers"]
    assert post("amazon_ses", said | {"Message": json.dumps(inner)}).status_code == 200
    assert became(letter) == ("failed", "bounce")


def test_somebody_who_is_away_has_the_mail(use: Callable[[str], None], letter: Outgoing) -> None:
    """Amazon calls the answer of their mailbox a bounce."""
    use("amazon_ses")
    said = amazon_ses("soft", mine(letter, "amazon_ses"))
    inner = json.loads(said["Message"])
    inner["bounce"] |= {"bounceSubType": "General", "bouncedRecipients": [{"emailAddress": TO}]}
    assert post("amazon_ses", said | {"Message": json.dumps(inner)}).status_code == 200
    assert became(letter) == ("sent", "")
    inner["bounce"]["bouncedRecipients"][0]["status"] = "4.4.7"
    assert post("amazon_ses", said | {"Message": json.dumps(inner)}).status_code == 200
    assert became(letter) == ("failed", "temporary-failure")


def test_amazon_s_question_whether_we_want_to_hear_is_answered_in_its_own_region(
    use: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from anymail.webhooks.amazon_ses import AmazonSESBaseWebhookView

    asked: list[tuple[str, str, Said]] = []

    class Amazon:
        def __init__(self, service: str, region: str) -> None:
            self.service, self.region = service, region

        def confirm_subscription(self, **given: str) -> None:
            asked.append((self.service, self.region, given))

        def close(self) -> None:
            """Nothing is open."""

    use("amazon_ses")
    monkeypatch.setattr(
        AmazonSESBaseWebhookView, "get_boto_client", lambda _self, service, region_name: Amazon(service, region_name)
    )
    said = sns("SubscriptionConfirmation", {"Token": "t", "SubscribeURL": "https://sns.example"})
    assert post("amazon_ses", said, header="").status_code == 401
    assert asked == []
    assert post("amazon_ses", said).status_code == 200
    given = {"TopicArn": said["TopicArn"], "Token": "t", "AuthenticateOnUnsubscribe": "true"}
    assert asked == [("sns", "eu-west-2", given)]


@pytest.mark.parametrize("name", ["mailersend", "mandrill", "postal"])
def test_a_key_that_is_missing_is_said_at_the_start_and_costs_no_bounce(
    use: Callable[[str], None], settings: Any, letter: Outgoing, name: str
) -> None:
    use(name)
    provider.check()
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    with pytest.raises(ImproperlyConfigured, match=name.upper()):
        provider.check()
    assert post(name, SAYS[name]("hard", mine(letter, name))).status_code == 503
    settings.WITHUS_MAIL_WEBHOOK_SECRET = ""
    provider.check()
