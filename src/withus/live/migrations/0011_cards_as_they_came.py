from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("live", "0010_cards_to_sort")]

    operations = [
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(fields=["project", "id", "state"], name="cards_as_they_came"),
        ),
    ]
