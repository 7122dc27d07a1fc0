"""Who is calling: what trusted proxies wrote counts, and nothing that a caller writes."""

import random
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest

from guard.client_address import UNKNOWN, canonical, client_address, client_network

PEER = "192.0.2.1"
CHAINS = [
    # trusted proxies, X-Forwarded-For, who is calling
    (0, "", PEER),
    (0, "198.51.100.1", PEER),
    (1, "198.51.100.1", "198.51.100.1"),
    (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
    (1, "6.6.6.6,5.5.5.5,198.51.100.1", "198.51.100.1"),
    (2, "198.51.100.1, 10.0.0.2", "198.51.100.1"),
    (2, "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
    (2, "198.51.100.1", PEER),  # came past a proxy
    (1, "", PEER),
    (1, "garbage", PEER),
    (1, "198.51.100.1, garbage", PEER),
    (1, ",", PEER),
    (1, "198.51.100.1:4711", PEER),
    (1, "  2001:DB8::1  ", "2001:db8::1"),
    (1, "::ffff:198.51.100.1", "198.51.100.1"),
    (1, "fe80::1%eth0", "fe80::1"),
]
SPELLINGS = [
    ("198.51.100.1", "198.51.100.1"),
    (" 198.51.100.1 ", "198.51.100.1"),
    ("2001:0DB8:0:0::0001", "2001:db8::1"),
    ("::ffff:c633:6401", "198.51.100.1"),
    ("fe80::1%en0", "fe80::1"),
    ("198.51.100.001", None),
    ("198.51.100", None),
    ("0x7f.1", None),
    ("localhost", None),
    ("[::1]", None),
    ("", None),
    ("\x00", None),
    ("1" * 5000, None),
]
NETWORKS = [
    ("198.51.100.1", "198.51.100.1"),
    ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
    ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
    ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
]


@pytest.mark.parametrize(("proxies", "chain", "address"), CHAINS)
def test_the_outermost_trusted_proxy_says_who_calls(proxies: int, chain: str, address: str) -> None:
    assert client_address(PEER, chain, proxies) == address


@pytest.mark.parametrize(("text", "address"), SPELLINGS, ids=range(len(SPELLINGS)))
def test_an_address_has_one_spelling(text: str, address: str | None) -> None:
    assert canonical(text) == address


@pytest.mark.parametrize(("address", "network"), NETWORKS)
def test_an_ipv6_subscriber_is_one_network(address: str, network: str) -> None:
    assert client_network(address) == network


@pytest.mark.parametrize("peer", ["", "unix:", "/run/socket"])
def test_a_peer_without_an_address_is_nobody(peer: str) -> None:
    assert client_address(peer, "", 0) == UNKNOWN
    assert client_address(peer, "198.51.100.1", 1) == "198.51.100.1"


def random_text(chance: random.Random) -> str:
    """Return an address, or something that looks a little like one."""
    v4 = str(IPv4Address(chance.getrandbits(32)))
    v6 = str(IPv6Address(chance.getrandbits(128)))
    noise = "".join(chance.choices("0123456789abcdef.:,%[]/ \x00\u00ff", k=chance.randrange(20)))
    return chance.choice([v4, v6, f"::ffff:{v4}", f"{v6}%eth0", f"{v4}:80", noise, ""])


@pytest.mark.parametrize("seed", range(20))
def test_whatever_a_caller_writes_it_does_not_choose_who_it_is(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same table each time
    for _ in range(100):
        proxies = chance.randrange(1, 4)
        seen = [str(IPv4Address(chance.getrandbits(32))) for _ in range(proxies)]
        lies = [random_text(chance) for _ in range(chance.randrange(5))]
        assert client_address(PEER, ", ".join(lies + seen), proxies) == seen[0]
        assert client_address(PEER, ",".join(lies), 0) == PEER
        anything = client_address(PEER, ",".join(lies), proxies)
        assert str(ip_address(anything)) == anything
        assert client_network(anything)
