"""Who has read it on their own page was told, as far as the team's lists go; the press itself stands apart. Backwards the same rows say so again."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def apart(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("Telling", "Notice"):
        rows = apps.get_model("loop", name)._default_manager.filter(state="read")
        rows.update(state="sent", read_at=F("told_at"))


def together(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("Telling", "Notice"):
        apps.get_model("loop", name)._default_manager.filter(read_at__isnull=False).update(state="read")


class Migration(migrations.Migration):
    dependencies = [("loop", "0017_read_apart")]

    operations = [migrations.RunPython(apart, together)]
