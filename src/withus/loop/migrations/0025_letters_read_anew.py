"""
Cards that go by their letters get vectors of another kind. The worker makes them anew, a project's as soon as it can; until then the old
ones are held only against each other.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def ask(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    jobs = apps.get_model("post", "Job")._default_manager
    old = apps.get_model("loop", "Vector")._default_manager.filter(kind="letters")
    for project in old.order_by("project").values_list("project", flat=True).distinct():
        job = {"kind": "suggestions.read", "reference": {"project": project}, "run_at": timezone.now()}
        jobs.get_or_create(once=f"suggestions.read:{project}", defaults=job)


class Migration(migrations.Migration):
    dependencies = [("loop", "0024_not_theirs"), ("post", "0004_days_at_most")]

    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
