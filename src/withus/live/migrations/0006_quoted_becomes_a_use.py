from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def carry_over(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Who let a card be quoted said yes to the public page, and to nothing else."""
    Contribution, UseSaid = apps.get_model("live", "Contribution"), apps.get_model("live", "UseSaid")
    cards = Contribution.objects.filter(may_quote=True, person__isnull=False).only("pk", "person_id", "given_at")
    UseSaid.objects.bulk_create(
        (
            UseSaid(contribution_id=card.pk, person_id=card.person_id, use="public", yes=True, since=card.given_at)
            for card in cards.iterator()
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("live", "0005_uses_of_words")]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
