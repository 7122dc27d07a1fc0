"""Exceptions, each with its reason, in the migration's own file.

# migration-lint: allow ban-drop-column: no code has read it since release 14
# migration-lint: allow all: ran everywhere before this check existed
"""

import re

from migration_lint.findings import Finding

ALL = "all"
ALLOWED = re.compile(r"# migration-lint: allow (?P<rule>[a-z-]+): (?P<reason>\S.{9,})")


def exceptions(source: str) -> tuple[dict[str, int], list[Finding]]:
    """Return the line of each rule that a file makes an exception of, and what is no exception."""
    rules: dict[str, int] = {}
    faults = []
    for number, line in enumerate(source.splitlines(), start=1):
        text = line.strip()
        if found := ALLOWED.fullmatch(text):
            rules[found["rule"]] = number
        elif text.startswith("# migration-lint"):
            message = "Write: # migration-lint: allow RULE: reason (ten characters or more)"
            faults.append(Finding("no-reason", message, number))
    return rules, faults


def without_allowed(found: list[Finding], source: str) -> list[Finding]:
    """Return what is left of the findings, and exceptions that nothing needs any more."""
    rules, faults = exceptions(source)
    left = [one for one in found if one.rule not in rules and ALL not in rules]
    used = {one.rule for one in found} | ({ALL} if found else set())
    unused = [
        Finding("unused-exception", f"Nothing here is {rule}; remove the exception.", number)
        for rule, number in rules.items()
        if rule not in used
    ]
    return [*left, *faults, *unused]
