"""Where traces and reports go is an address, and what sends them is installed."""

import pytest

from config import watching
from config.faults import ValidationError

ACCEPTED = [
    (watching.collector, ["", "http://collector:4318", "https://u:p@otel.example/v1/traces?x=1"]),
    (watching.sentry_dsn, ["", "https://0a1b@o1.ingest.sentry.test/42", "http://k@relay:3000/a/1"]),
    (watching.otlp_headers, ["", "x-key=abc", "api-key=a%20b, x=y=="]),
    (watching.sampler, ["always_on", "parentbased_traceidratio"]),
]
REFUSED = [
    (watching.collector, ["collector:4318", "grpc://collector", "http://", "https://[::1", "/x"]),
    (watching.sentry_dsn, ["https://sentry.test/42", "https://k@sentry.test/", "k@sentry.test/1"]),
    (watching.sentry_dsn, ["https://k@sentry.test/x", "https://k@:80/1", "https://k@[::1/1"]),
    (watching.otlp_headers, ["abc", "=abc", "a=b,", "a b=c", "a=b c", "a=b\r\nc=d"]),
    (watching.sampler, ["", "jaeger_remote", "ALWAYS_ON"]),
    (watching.ratio, ["", "2", "1.1", "-1", "0.5.5", "nan", "1e-1", "\u0661"]),
]


@pytest.mark.parametrize(("parser", "text"), [(p, text) for p, texts in ACCEPTED for text in texts])
def test_accepted(parser: object, text: str) -> None:
    assert callable(parser)
    assert parser(text) == text


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("1", 1), ("0.1", 0.1), (".25", 0.25)])
def test_a_ratio_is_a_number_from_0_to_1(text: str, value: float) -> None:
    assert watching.ratio(text) == value


@pytest.mark.parametrize(("parser", "text"), [(p, text) for p, texts in REFUSED for text in texts])
def test_refused_without_repeating_it(parser: object, text: str) -> None:
    assert callable(parser)
    with pytest.raises(ValidationError) as refused:
        parser(text)
    assert len(text) < 8 or text not in str(refused.value)


@pytest.mark.parametrize(
    ("parser", "text", "extra"),
    [
        (watching.collector, "http://collector:4318", "tracing"),
        (watching.sentry_dsn, "https://k@sentry.test/1", "error-reports"),
    ],
)
def test_what_is_configured_and_not_installed_is_a_fault_that_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, parser: object, text: str, extra: str
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    assert callable(parser)
    for find in (missing, lambda _: None):
        monkeypatch.setattr(watching, "find_spec", find)
        assert parser("") == ""
        with pytest.raises(ValidationError, match=f"not installed: uv sync --extra {extra}"):
            parser(text)
