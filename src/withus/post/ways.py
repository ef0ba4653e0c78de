"""By which ways this installation sends by itself; what goes by another way a person carries."""

from django.conf import settings


def carried() -> frozenset[str]:
    """E-mail always: without a mail server it lies in the embedded mailbox. Text messages and letters with GOV.UK Notify."""
    ways = {"email"}
    if settings.WITHUS_NOTIFY_KEY:
        ways |= {"sms"} if settings.WITHUS_NOTIFY_TEXT else set()
        ways |= {"post"} if settings.WITHUS_NOTIFY_LETTER else set()
    return frozenset(ways)
