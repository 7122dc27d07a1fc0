"""Treats answers as data, and checks them before anything is written.

Cookiecutter loads this from `_extensions`. It works for typed answers, for `--no-input`, for
`--replay`, for `--accept-hooks no` and under cruft; a hook would be skipped or come too late.
"""

import functools
import json
import runpy
from pathlib import Path
from typing import Any

from cookiecutter.exceptions import FailedHookException
from jinja2 import Environment, Template
from jinja2.ext import Extension
from jinja2.runtime import Context
from slugify import slugify

ROOT = Path(__file__).parent
CHECK = ROOT / "hooks" / "pre_gen_project.py"
APOSTROPHES = (("'", ""), ("\u2019", ""))
LONGEST_SLUG = 40  # leaves room for what makes a slug valid


def check() -> dict[str, Any]:
    """Return what the pre-generation hook defines; one `cruft update` sees two versions of it."""
    return defined_by(CHECK, CHECK.stat().st_mtime_ns)


@functools.cache
def defined_by(hook: Path, _modified: int) -> dict[str, Any]:
    """Run a hook as a module, once for each version of it, and return its names."""
    return runpy.run_path(str(hook))


def project_slug(name: object) -> str:
    """Return the slug offered for a project name; it is valid whatever the name."""
    slug = slugify(str(name), max_length=LONGEST_SLUG, replacements=APOSTROPHES)
    if not slug[:1].isalpha():
        slug = f"service-{slug}".rstrip("-")
    return f"{slug}-service" if slug in check()["RESERVED_SLUGS"] else slug


def own_sources() -> set[str]:
    """Return the texts of this template that cookiecutter renders as strings."""
    defaults = json.loads((ROOT / "cookiecutter.json").read_text(encoding="utf-8")).values()
    hooks = (hook.read_text(encoding="utf-8") for hook in (ROOT / "hooks").glob("*.py"))
    folders = (entry.name for entry in ROOT.iterdir())
    return {*(value for value in defaults if isinstance(value, str)), *hooks, *folders}


class CheckedContext(Context):
    """Refuses bad answers when the first thing is rendered from all of them: the folder's name."""

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Raise FailedHookException, which the command line prints as it is."""
        answers = parent.get("cookiecutter", {})
        if "_template" in answers and not environment.globals.get("answers_checked"):
            refusal = check()["refusal"](answers)
            if refusal:
                raise FailedHookException(refusal)
            environment.globals["answers_checked"] = True
        super().__init__(environment, parent, *args, **kwargs)


class PlainText:
    """Stands in for a template that has nothing to fill in."""

    def __init__(self, text: str) -> None:
        self.text = text

    def render(self, *_: object, **__: object) -> str:
        """Return the text as it is."""
        return self.text


class AnswerCheck(Extension):
    """Makes every answer plain text and installs the check."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.context_class = CheckedContext
        environment.filters["project_slug"] = project_slug
        template = environment.from_string

        def from_string(source: str) -> Template | PlainText:
            # Cookiecutter would run a given answer as Jinja, and compile every path it copies.
            own = "{" in source and source in own_sources()
            return template(source) if own else PlainText(source)

        vars(environment).update(from_string=from_string)
