"""
Every test run has its own data folder, with keys of its own; nothing of a developer's own installation is read or written.

A plug-in of its own, named in pyproject.toml: pytest-django reads the settings, and so makes the keys, before any conftest.py is read.
"""

import atexit
import os
import shutil
import tempfile

os.environ["WITHUS_DATA"] = tempfile.mkdtemp(prefix="withus-test-")
os.mkdir(os.path.join(os.environ["WITHUS_DATA"], "static"))  # as an installation has it, with nothing collected
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "withus.site.settings")
atexit.register(shutil.rmtree, os.environ["WITHUS_DATA"], ignore_errors=True)
