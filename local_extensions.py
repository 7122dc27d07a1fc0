"""Treats answers as data, and checks them before anything is written.

Cookiecutter loads this from `_extensions`. It works for typed answers, for `--no-input`, for
`--replay`, for `--accept-hooks no` and under cruft; a hook would be skipped or come too late.
"""

import functools
import json
import re
import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cookiecutter.exceptions import FailedHookException
from jinja2 import Environment, Template, UndefinedError
from jinja2.ext import Extension
from jinja2.runtime import Context
from slugify import slugify

ROOT = Path(__file__).parent
CHECK = ROOT / "hooks" / "pre_gen_project.py"
APOSTROPHES = (("'", ""), ("\u2019", ""))
LONGEST_SLUG = 40  # leaves room for what makes a slug valid
ANSWER = re.compile(r"\{\{ cookiecutter\.(\w+) \}\}")


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


def refuse(answers: Mapping[str, Any]) -> None:
    """Raise FailedHookException, which the command line prints as it is, for bad answers."""
    if refusal := check()["refusal"](answers):
        raise FailedHookException(refusal)


class CheckedContext(Context):
    """Refuses bad answers when the first thing is rendered from all of them: the folder's name."""

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Raise FailedHookException for bad answers."""
        answers = parent.get("cookiecutter", {})
        if "_template" in answers and not environment.globals.get("answers_checked"):
            refuse(answers)
            environment.globals["answers_checked"] = True
        super().__init__(environment, parent, *args, **kwargs)


class PlainText:
    """Stands in for a template in which answers are filled in, or nothing."""

    def __init__(self, text: str) -> None:
        self.text = text

    def render(self, *_: object, **context: Any) -> str:
        """Return the text as it is."""
        del context
        return self.text


class FilledIn(PlainText):
    """Stands in for a file's template with plain answers: compiling takes longer than all else."""

    def render(self, *_: object, **context: Any) -> str:
        """Return the text with the answers; raise UndefinedError for one that was not given."""
        answers = context["cookiecutter"]

        def answer(found: re.Match[str]) -> str:
            if found[1] in answers:
                return str(answers[found[1]])
            message = f"cookiecutter.{found[1]} is undefined"
            raise UndefinedError(message)

        return ANSWER.sub(answer, self.text)


class CheckedAlready(PlainText):
    """Stands in for the pre-generation hook, for which it does the work without a process."""

    def render(self, *_: object, **context: Any) -> str:
        """Return an empty hook; raise FailedHookException for a bad answer."""
        refuse(context["cookiecutter"])
        return ""


class AnswerCheck(Extension):
    """Makes every answer plain text, installs the check, and compiles only what needs it."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.context_class = CheckedContext
        environment.filters["project_slug"] = project_slug
        template, file_template = environment.from_string, environment.get_template

        def from_string(source: str) -> Template | PlainText:
            # Cookiecutter would run a given answer as Jinja, and compile every path it copies.
            own = "{" in source and source in own_sources()
            if own and source == CHECK.read_text(encoding="utf-8"):
                return CheckedAlready(source)
            return template(source) if own else PlainText(source)

        def get_template(name: str) -> Template | PlainText:
            text = Path(name).read_text(encoding="utf-8")
            plain = not re.search("{[{%#]", ANSWER.sub("", text))
            return FilledIn(text) if plain else file_template(name)

        vars(environment).update(from_string=from_string, get_template=get_template)
