"""A process beside the server that reads the same data: what no page shows, and what the public page shows from the next midnight on."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.walks.site import Site

COUNT = """
import datetime, django, json, sys
django.setup()
from django.utils import timezone
from withus.loop import asks, in_public
from withus.projects.models import Project
for line in sys.stdin:
    project = Project.objects.get(address=line.strip())
    count = asks.counters(project, now=timezone.now())
    four = in_public.read(project, now=timezone.now() + datetime.timedelta(days=1)).four
    shown = [[one.key, one.number, str(one.words), one.of] for one in four]
    print(json.dumps([project.state, count.people, count.answered, count.told, count.heard, count.owed, shown]), flush=True)
"""


@dataclass(frozen=True)
class Counter:
    process: subprocess.Popen[str]
    address: str

    def read(self) -> list[object]:
        """State, people, answered, told, heard, owed, as they stand now; and the four of the public page as they stand tomorrow."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(self.address, file=self.process.stdin, flush=True)
        found: list[object] = json.loads(self.process.stdout.readline())
        return found

    def read_four(self) -> list[object]:
        found = self.read()[-1]
        assert isinstance(found, list)
        return found


@contextmanager
def beside(site: Site, address: str) -> Iterator[Counter]:
    data = {"WITHUS_DATA": str(site.data / "data"), "DJANGO_SETTINGS_MODULE": "withus.site.settings"}
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", COUNT], env=data, stdin=pipe, stdout=pipe, text=True) as process:
        yield Counter(process, address)
        process.kill()
