from django.conf import settings

from withus.projects.models import Organisation


def lasting(organisation: Organisation) -> str:
    """The address that people take home; empty while only a laptop's in the room is known."""
    return (organisation.lasting_address or ("" if settings.WITHUS_LAN else settings.WITHUS_ADDRESS)).rstrip("/")
