"""Handing a letter over: to the mail server, or to the embedded mailbox where there is none."""

from django.core.mail import EmailMultiAlternatives

from withus.post.letter import Letter


def hand_over(letter: Letter, *, message_id: str) -> None:
    """Raises what the mail server raises."""
    message = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split()),
        body=letter.text,
        to=[letter.to],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    message.send(fail_silently=False)
