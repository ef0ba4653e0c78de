"""One-time links for those who have an account."""

from django.urls import reverse
from sesame.utils import get_query_string

from withus.accounts.models import Staff


def sign_in_link(staff: Staff, address: str) -> str:
    """Signs this account in once. Whoever holds it is that person: it is shown once and sent to nobody else."""
    return f"{address}{reverse('accounts:once')}{get_query_string(staff)}"
