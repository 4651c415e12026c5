from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0004_presence"),
    ]

    operations = [
        migrations.AddField(
            model_name="sectionrevision",
            name="tab",
            field=models.CharField(
                blank=True, help_text="Random; another one at each opening.", max_length=32, verbose_name="open page"
            ),
        ),
        migrations.AddField(
            model_name="sectionrevision",
            name="turn",
            field=models.PositiveIntegerField(default=0, verbose_name="save of that page"),
        ),
    ]
