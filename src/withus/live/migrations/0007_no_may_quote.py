from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("live", "0006_quoted_becomes_a_use")]
    operations = [migrations.RemoveField(model_name="contribution", name="may_quote")]
