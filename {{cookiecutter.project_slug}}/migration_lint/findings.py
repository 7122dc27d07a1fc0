"""What is wrong with a migration."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A rule, what it says, and the line of the file or the statement where that can be named."""

    rule: str
    message: str
    line: int | None = None
    statement: str = ""

    def __str__(self) -> str:
        """Return it in one or two lines."""
        place = f" (line {self.line})" if self.line else ""
        text = f"  {self.rule}{place}: {self.message}"
        return f"{text}\n    {self.statement}" if self.statement else text
