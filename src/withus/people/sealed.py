"""Sealed columns: names, ways, needs, pay and care notes lie encrypted. A stolen database tells nobody where someone lives."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from withus.people import keys


@cache
def _box(data: Path) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys.sealed_keys(data)])


def seal(value: Any) -> str:
    """Any JSON value, encrypted. Empty values stay empty, so that "nothing given" can be asked of the database."""
    if not value:
        return ""
    return _box(settings.WITHUS_DATA).encrypt(json.dumps(value, ensure_ascii=False).encode()).decode()


def unseal(sealed: str) -> Any:
    return json.loads(_box(settings.WITHUS_DATA).decrypt(sealed.encode())) if sealed else None


def unseal_text(sealed: str) -> str:
    value = unseal(sealed)
    return value if isinstance(value, str) else ""
