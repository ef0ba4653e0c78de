"""The data folder of a test run is made in data_folder.py, before this file is read."""

import hypothesis
import pytest
from django.conf import settings

pytest_plugins = ["tests.postgres"]


def pytest_configure(config: pytest.Config) -> None:
    """
    The cast has four accounts, and Argon2 is slow on purpose: a hundred megabytes for each. Tests of passwords need no such care. And no
    test fails because the machine is busy: speed is measured by benches.
    """
    hypothesis.settings.register_profile("busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
    hypothesis.settings.load_profile("busy")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
