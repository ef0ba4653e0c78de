from django.db import migrations, models

AT_MOST = "So many days at most lie between its being asked for and its time; none: its day stands by itself"


class Migration(migrations.Migration):
    """What waits already was asked for nobody knows when: its day stands."""

    dependencies = [("post", "0003_letters_seen_by_the_team")]

    operations = [
        operation
        for name in ("outgoing", "job")
        for operation in (
            migrations.AddField(name, "days", models.PositiveSmallIntegerField(null=True, help_text=AT_MOST)),
            migrations.AlterField(
                name, "days", models.PositiveSmallIntegerField(default=0, null=True, help_text=AT_MOST)
            ),
        )
    ]
