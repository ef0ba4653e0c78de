from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('loop', '0023_lighter_placements'),
    ]

    operations = [
        migrations.AddField(
            model_name='answer',
            name='not_theirs',
            field=models.JSONField(blank=True, default=list, help_text='Keys of stretches of which the team said that everybody says them so'),
        ),
    ]
