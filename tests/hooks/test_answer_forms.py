"""Names, hosts, origins and numbers have one exact form."""

import pytest

from tests.hooks.test_answer_check import faults

BAD_SLUGS = r"A 1a -a a- a--b a_b a.b .. ../a a/b /a a\b ~ ä $HOME a;b {{a}}"
LONGEST_HOST = ".".join(["a" * 49] * 5 + ["com"])
GOOD_HOSTS = "a.b api.example.com xn--bcher-kva.example 1.a.com a-b.co example.xn--p1ai"
BAD_HOSTS = """
    localhost API.example.com a..b .a.b a.b. -a.b a-.b a_b.c 10.0.0.1 1.2 [::1] ::1 a.1
    https://a.b a.b:80 a.b/c *.a.b u@a.b bücher.example
"""
GOOD_ORIGINS = """
    https://a.b https://a.b:8443 https://a.b,https://c.d https://a.b,https://a.b:1
    https://a.b:65535
"""
BAD_ORIGINS = """
    * null http://a.b https://* https://*.a.b https://a.b/ https://a.b/c a.b https://A.b
    https://u:p@a.b https://a.b:443 https://a.b:0 https://a.b: https://a.b:65536 https://a.b:080
    https://a.b, https://a.b;https://c.d https://10.0.0.1 https://localhost https://a.b?c
"""


@pytest.mark.parametrize("slug", ["a", "my-service", "a1", "a-1", "a" * 50, "test-service"])
def test_a_slug_is_letters_digits_and_single_dashes(slug: str) -> None:
    assert faults(project_slug=slug) == []


@pytest.mark.parametrize(
    "slug", [*BAD_SLUGS.split(), "", "a b", "a\n", "a" * 51, "a\u0663", "\u0430"]
)
def test_a_slug_cannot_leave_its_folder_or_break_a_name(slug: str) -> None:
    assert faults(project_slug=slug) == ["project_slug"]


@pytest.mark.parametrize("slug", ["django", "redis", "config", "tests", "site", "con", "lpt9"])
def test_a_reserved_slug_is_refused(slug: str) -> None:
    assert faults(project_slug=slug) == ["project_slug"]


@pytest.mark.parametrize("domain", [*GOOD_HOSTS.split(), f"{'a' * 63}.com", LONGEST_HOST])
def test_a_domain_is_a_full_host_name(domain: str) -> None:
    assert faults(domain=domain) == []
    assert faults(cors_allowed_origins=f"https://{domain}") == []


@pytest.mark.parametrize(
    "domain", [*BAD_HOSTS.split(), "", "a b.c", "a.b\n", f"{'a' * 64}.com", f"{LONGEST_HOST}m"]
)
def test_a_domain_is_nothing_else(domain: str) -> None:
    assert faults(domain=domain) == ["domain"]
    assert "cors_allowed_origins" in faults(cors_allowed_origins=f"https://{domain}/")


@pytest.mark.parametrize("origins", GOOD_ORIGINS.split())
def test_origins_are_exact(origins: str) -> None:
    assert faults(cors_allowed_origins=origins) == []


@pytest.mark.parametrize("origins", [*BAD_ORIGINS.split(), "", "https://a.b, https://c.d"])
def test_nothing_but_an_exact_origin_is_accepted(origins: str) -> None:
    assert set(faults(cors_allowed_origins=origins)) == {"cors_allowed_origins"}


def test_an_origin_is_listed_once() -> None:
    assert faults(cors_allowed_origins="https://a.b,https://a.b") == ["cors_allowed_origins"]


def test_the_list_of_origins_is_bounded() -> None:
    origins = ",".join(f"https://app{number}.example.com" for number in range(100))
    assert faults(cors_allowed_origins=origins) == ["cors_allowed_origins"]


def test_without_cors_origins_are_harmless_text_all_the_same() -> None:
    assert faults(use_cors=False, cors_allowed_origins="none yet") == []
    assert faults(use_cors=False, cors_allowed_origins='"\n# end option') != []


@pytest.mark.parametrize("hours", ["1", "24", "8760"])
def test_a_lifetime_is_a_number_of_hours(hours: str) -> None:
    assert faults(token_lifetime_hours=hours) == []


@pytest.mark.parametrize(
    "hours", ["", "0", "8761", "-1", "+1", "01", "1.5", "1e3", " 1", "1\n", "\u0661"]
)
def test_a_lifetime_is_nothing_else(hours: str) -> None:
    assert faults(token_lifetime_hours=hours) == ["token_lifetime_hours"]
