import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("loop", "0009_answers_in_full"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, help_text="Since when it stands on their own page"
            ),
            preserve_default=False,
        ),
    ]
