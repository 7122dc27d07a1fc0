"""The releases in which a column of notes gets another name; docs/migrations.md tells their story.

To callers the field stays `text`; the column becomes `body`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

APP = Path("notes")
TEXT = "    text = models.TextField(max_length=10_000, blank=True)\n"
NULLABLE_TEXT = "    text = models.TextField(max_length=10_000, blank=True, null=True)\n"
BODY = "    body = models.TextField(max_length=10_000, null=True, blank=True)\n"
SAVE = '''
    def save(self, *args, **kwargs):
        """Write both columns."""
        {kept} = {leading}
        super().save(*args, **kwargs)
'''
FIELDS = """    class Meta:
        model = Note
        fields = ("id","""
SOURCE = """    text = serializers.CharField(
        source="body", max_length=10_000, allow_blank=True, default=""
    )

"""
IMPORT = "from guard.serializers import StrictModelSerializer\n"
MIGRATION = """from django.db import migrations, models
{before}

class Migration(migrations.Migration):
    atomic = {atomic}
    dependencies = [("notes", "{needs}")]
    operations = [{operations}]
"""
ADD = f'migrations.AddField("note", "body", {BODY.partition("= ")[2].strip()})'
FILL = '''
def fill(apps, editor):
    """Copy 100 rows at a time; each step is a transaction of its own."""
    rows = apps.get_model("notes", "Note").objects.filter(body=None)
    while ids := list(rows.values_list("id", flat=True)[:100]):
        rows.filter(id__in=ids).update(body=models.F("text"))

'''
OPEN = f'migrations.AlterField("note", "text", {NULLABLE_TEXT.partition("= ")[2].strip()})'
FORGET = """migrations.SeparateDatabaseAndState(
        state_operations=[migrations.RemoveField("note", "text")]
    )"""
DROP = """
        # migration-lint: allow ban-drop-column: no code has known the column since release 3
        migrations.RunSQL("ALTER TABLE notes_note DROP COLUMN text")
    """
RENAME = 'migrations.RenameField("note", "text", "body")'


@dataclass(frozen=True)
class Release:
    """Replacements in the files of the app, and the migrations that come with it."""

    name: str
    models: list[tuple[str, str]] = field(default_factory=list)
    serializers: list[tuple[str, str]] = field(default_factory=list)
    migrations: dict[str, str] = field(default_factory=dict)

    def write(self, project: Path) -> None:
        """Turn a copy of the release before into this one."""
        for file, replacements in (("models", self.models), ("serializers", self.serializers)):
            path = project / APP / f"{file}.py"
            text = path.read_text("utf-8")
            for old, new in replacements:
                if text.count(old) != 1:
                    message = f"{path} has no {old!r} to replace"
                    raise ValueError(message)
                text = text.replace(old, new)
            path.write_text(text, "utf-8")
        for name, text in self.migrations.items():
            (project / APP / "migrations" / f"{name}.py").write_text(text, "utf-8")


def migration(operations: str, needs: str, before: str = "", *, atomic: bool = True) -> str:
    """Return the text of a migration."""
    return MIGRATION.format(operations=operations, needs=needs, before=before, atomic=atomic)


BOTH = SAVE.format(kept="self.body", leading="self.text")
BOTH_FROM_BODY = SAVE.format(kept="self.text", leading="self.body")
READS_BODY = [
    (IMPORT, f"from rest_framework import serializers\n\n{IMPORT}"),
    (FIELDS, SOURCE + FIELDS),
]
STR = "\n    def __str__"
STEP_BY_STEP = [
    Release(
        "1: a second column; write both, read the old one",
        models=[(TEXT, TEXT + BODY), (STR, BOTH + STR)],
        migrations={"0002_body": migration(ADD, "0001_initial")},
    ),
    Release(
        "2: fill it; write both, read the new one",
        models=[(TEXT, NULLABLE_TEXT), (BOTH, BOTH_FROM_BODY)],
        serializers=READS_BODY,
        migrations={
            "0003_fill": migration(
                "migrations.RunPython(fill, migrations.RunPython.noop)",
                "0002_body",
                FILL,
                atomic=False,
            ),
            "0004_text_may_be_null": migration(OPEN, "0003_fill"),
        },
    ),
    Release(
        "3: forget the old one",
        models=[(NULLABLE_TEXT, ""), (BOTH_FROM_BODY, "")],
        migrations={"0005_forget_text": migration(FORGET, "0004_text_may_be_null")},
    ),
    Release("next: drop it", migrations={"0006_drop_text": migration(DROP, "0005_forget_text")}),
]
AT_ONCE = [
    Release(
        "rename it",
        models=[(TEXT, TEXT.replace("text", "body"))],
        serializers=READS_BODY,
        migrations={"0002_rename": migration(RENAME, "0001_initial")},
    )
]
