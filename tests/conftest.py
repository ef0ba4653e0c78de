"""The data folder of a test run is made in data_folder.py, before this file is read."""

import os
from collections import OrderedDict

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache

pytest_plugins = ["tests.postgres"]
EXAMPLES = {"few": 20, "many": 100}
"""How many cases a property is tried on: the few by `./dev test`, the many by `./dev test --all`."""


@pytest.fixture(autouse=True)
def _signing_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Mails to sign in leave at once. How often somebody asked for one in another test is forgotten: three in a minute are the most. So are
    the pages that were kept for it: a project of this test may have the number of that one, and by its own clock the same stamp.
    """
    monkeypatch.setattr("withus.accounts.adapter.in_a_moment", lambda work: work())
    monkeypatch.setattr("withus.loop.snapshot._kept", OrderedDict())
    cache.clear()


def pytest_configure(config: pytest.Config) -> None:
    """
    The cast has four accounts, and Argon2 is slow on purpose: a hundred megabytes for each. Tests of passwords need no such care. And no
    test fails because the machine is busy (speed is measured by benches), or because chance found another case today: each run tries
    the same ones. To look for new ones: `./dev test tests/traps --hypothesis-profile=search`.
    """
    patient = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
    for name, number in EXAMPLES.items():
        hypothesis.settings.register_profile(name, patient, max_examples=number, derandomize=True, database=None)
    hypothesis.settings.register_profile("search", patient, max_examples=1000)
    if not config.getoption("--hypothesis-profile"):
        hypothesis.settings.load_profile(os.environ.get("WITHUS_EXAMPLES", "few"))
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
