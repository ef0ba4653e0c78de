from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth is not typed
    """Accounts are made by invitation of a facilitator or admin, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
