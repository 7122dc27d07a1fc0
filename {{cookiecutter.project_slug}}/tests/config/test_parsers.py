"""What a variable may say: anything that would weaken the service is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config import parsers
from config.faults import ValidationError
from config.settings.cors import https_origins  # option: cors

STRONG = "6ZbD0xJ8aVqLrW3mTnYcK5sEfGhU2pQo9iR4tX7vB1wNzMkA"[:25] * 2
Parser = Callable[[str], Any]

ACCEPTED: list[tuple[Parser, str, Any]] = [
    (parsers.flag, "yes", True),
    (parsers.flag, " TRUE ", True),
    (parsers.flag, "off", False),
    (parsers.flag, "", False),
    (parsers.must_be_off, "no", False),
    (parsers.secret, STRONG, STRONG),
    (parsers.secrets_list, "", []),
    (parsers.secrets_list, f"{STRONG}, {STRONG}x", [STRONG, f"{STRONG}x"]),
    (parsers.host_names, "api.example.com, 10.1.2.3", ["api.example.com", "10.1.2.3"]),
    (parsers.rate, "100/hour", "100/hour"),
    (parsers.redis_address, "rediss://u:p@redis:6380/1", "rediss://u:p@redis:6380/1"),
    (parsers.url_path, "/back-office/", "back-office"),
    (parsers.log_file, "", ""),
    (parsers.log_level, "INFO", 20),
    (parsers.log_level, " warning ", 30),
    # option: cors
    (https_origins, "https://a.example", ["https://a.example"]),
    (
        https_origins,
        "https://a.example,https://b.example:8443",
        ["https://a.example", "https://b.example:8443"],
    ),
    # end option
]
REFUSED: list[tuple[Parser, list[str]]] = [
    (parsers.flag, ["perhaps", "2", "yes no", "None"]),
    (parsers.must_be_off, ["yes", "1", "true", "on", "perhaps"]),
    (parsers.secret, ["", "short", "x" * 50, "ab" * 40, f"change-me{STRONG}"]),
    (parsers.secret, [f"{STRONG}INSECURE", f"your-example-{STRONG}", f"generate:secret{STRONG}"]),
    (parsers.secrets_list, ["short", f"{STRONG},short"]),
    (parsers.host_names, ["", "*", ".example.com", "*.example.com", "a.example:8000", "A.example"]),
    (parsers.host_names, ["https://a.example", "a.example/", "a b", "[::1]"]),
    (parsers.rate, ["", "100", "100/", "/hour", "0/hour", "-1/hour", "1/month", "10/5min"]),
    (parsers.rate, ["1.5/hour", "1/h", "1e3/day", "1/hour/day", "\u0661/hour", "9999999999/day"]),
    (parsers.postgresql, ["", "mysql://u:p@db/name", "sqlite:///x", "postgresql://u:p@db"]),
    (parsers.postgresql, ["postgresql://u:p@db/name?nonsense=1", "db/name"]),
    (parsers.redis_address, ["", "http://redis", "memory://", "redis://", "redis"]),
    (parsers.url_path, ["", "/", "api/admin", "a b", "../x", "x?y", "x//y", "gr\u00fc\u00df"]),
    (parsers.log_file, ["/", "/nowhere/at/all.log"]),
    (parsers.log_level, ["", "LOUD", "NOTSET", "20"]),
    # option: cors
    (https_origins, ["", "*", "null", "http://a.example", "https://*.example", "a.example"]),
    (https_origins, ["https://a.example/", "https://a.example/x", "https://u:p@a.example"]),
    (https_origins, ["https://", "https://a.example:0", "https://a.example:x", "file://"]),
    # end option
]
PAIRS = [(parser, text) for parser, texts in REFUSED for text in texts]


@pytest.mark.parametrize(("parser", "text", "value"), ACCEPTED)
def test_accepted(parser: Parser, text: str, value: Any) -> None:
    assert parser(text) == value


@pytest.mark.parametrize(("parser", "text"), PAIRS)
def test_refused_with_a_sentence_that_does_not_repeat_the_value(parser: Parser, text: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        parser(text)
    sentence = str(refusal.value)
    assert len(sentence) > 15
    assert len(text) < 12 or text not in sentence


@pytest.mark.parametrize("text", ["1", "5", "10", " 7 "])
def test_a_number_within_its_bounds(text: str) -> None:
    assert parsers.number(text, minimum=1, maximum=10) == int(text)


@pytest.mark.parametrize("text", ["0", "11", "", "x", "1.5", "-1", "+1", "1e1", "0x1", "\u0665"])
def test_a_number_out_of_its_bounds_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="from 1 to 10"):
        parsers.number(text, minimum=1, maximum=10)


def test_a_database_address_is_read_as_postgresql_does() -> None:
    text = "postgresql://us%40er:pa%2Fss@db:5433/name?sslmode=verify-full"
    assert parsers.postgresql(text) == {
        "ENGINE": "config.postgresql",
        "NAME": "name",
        "USER": "us@er",
        "PASSWORD": "pa/ss",
        "HOST": "db",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "verify-full"},
    }


def test_a_log_file_is_appended_to(tmp_path: Path) -> None:
    file = tmp_path / "service.log"
    file.write_text("kept\n")
    assert parsers.log_file(str(file)) == str(file)
    assert file.read_text() == "kept\n"
