"""By which ways this installation sends by itself; what goes by another way a person carries."""

from django.conf import settings


def mails_leave() -> bool:
    """Without a mail server they lie in the embedded mailbox, and somebody has to hand a link over."""
    return not str(settings.EMAIL_BACKEND).endswith(".Mailbox")


def carried() -> frozenset[str]:
    """E-mail always: without a mail server it lies in the embedded mailbox. Text messages and letters with GOV.UK Notify."""
    ways = {"email"}
    if settings.WITHUS_NOTIFY_KEY:
        ways |= {"sms"} if settings.WITHUS_NOTIFY_TEXT else set()
        ways |= {"post"} if settings.WITHUS_NOTIFY_LETTER else set()
    return frozenset(ways)
