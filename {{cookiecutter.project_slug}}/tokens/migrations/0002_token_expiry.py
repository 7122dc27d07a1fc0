# option: token_expiry
"""API tokens expire; those that exist already get a whole lifetime from now."""

from datetime import timedelta

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def give_existing_tokens_an_end(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """A token without an end counts as expired."""
    end = timezone.now() + timedelta(hours=settings.TOKEN_LIFETIME_HOURS)
    tokens = apps.get_model("tokens", "ApiToken").objects.using(editor.connection.alias)
    tokens.filter(expires_at=None).update(expires_at=end)


class Migration(migrations.Migration):
    dependencies = [
        ("tokens", "0001_initial"),
    ]

    operations = [
        # migration-lint: allow require-concurrent-index-creation: logins wait for it, and are few
        # migration-lint: allow rows-with-schema: no token may be seen without an end
        migrations.AddField(
            model_name="apitoken",
            name="expires_at",
            field=models.DateTimeField(db_index=True, editable=False, null=True),
        ),
        migrations.RunPython(give_existing_tokens_an_end, migrations.RunPython.noop),
    ]
