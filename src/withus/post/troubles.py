"""What went wrong with a letter, in words for whoever decides what happens now. Rows hold a name and a number, never an address."""

from django.utils.translation import gettext as _

from withus.post.lines import DOWN


def why(trouble: str) -> str:
    """One sentence. What we do not know is our own fault until somebody has looked."""
    name, _space, code = trouble.partition(" ")
    if trouble.startswith(DOWN):
        return _("our mail server or provider did not answer. It goes by itself when that works again.")
    if (name == "SMTPRecipientsRefused" and code[:1] == "5") or name in {"NoSuchAddress", "permanent-failure"}:
        return _("the other side says that this address or number does not exist, or takes nothing.")
    if name == "bounce":
        return _("it came back: the address does not exist, or its mailbox is full or closed.")
    if name == "temporary-failure" or (name == "SMTPRecipientsRefused" and code[:1] == "4"):
        return _("the other side would not take it, several times. The mailbox may be full, or the telephone off.")
    if name in {"SMTPDataError", "SMTPSenderRefused", "SMTPResponseException"}:
        return _("the other mail server refused it. It may have taken it for spam.")
    if name == "NotifyRefused":
        return _("GOV.UK Notify refused it: the number or the address is not one that it can use.")
    return _("something went wrong here while it was written. Tell whoever runs this server.")


def may_work(trouble: str) -> bool:
    """Whether trying again without changing anything may help."""
    name, _space, code = trouble.partition(" ")
    return not (
        name in {"NoSuchAddress", "permanent-failure", "bounce", "NotifyRefused"}
        or (name == "SMTPRecipientsRefused" and code[:1] == "5")
    )


def is_the_address(trouble: str) -> bool:
    """Whether it is this person's address or number that does not work, not something of ours."""
    name = trouble.partition(" ")[0]
    return name in {
        "SMTPRecipientsRefused",
        "NoSuchAddress",
        "NotifyRefused",
        "bounce",
        "permanent-failure",
        "temporary-failure",
    }
