"""Every test run has its own data folder and keys; nothing of a developer's own installation is read or written."""

import os
import tempfile

os.environ["WITHUS_DATA"] = tempfile.mkdtemp(prefix="withus-test-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "withus.site.settings")

pytest_plugins = ["tests.postgres"]
