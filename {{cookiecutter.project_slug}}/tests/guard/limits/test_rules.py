"""Rates in words mean what they say."""

import pytest

from guard.limits.rules import Rate, parse_rate, rate_of
from tests.conftest import SetRates


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("5/second", Rate(5, 1)),
        ("10/minute", Rate(10, 60)),
        ("100/hour", Rate(100, 3600)),
        ("1000/day", Rate(1000, 86400)),
    ],
)
def test_a_rate_means_what_it_says(set_rates: SetRates, text: str, meaning: Rate) -> None:
    set_rates(anon=text)
    assert rate_of("anon") == meaning


@pytest.mark.parametrize("text", ["", "5", "5/month", "5/min", "10/5min", "five/hour", "/hour"])
def test_what_drf_would_read_in_its_own_way_is_no_rate(text: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        parse_rate(text)
