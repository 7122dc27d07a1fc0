"""Who is calling: the client's address behind trusted proxies, and the network it counts for.

A proxy appends the address of its own peer to X-Forwarded-For, so only the entries that trusted
proxies wrote, counted from the right, are facts (OWASP ASVS 4.1.3, 15.3.4).
"""

from ipaddress import IPv6Address, ip_address, ip_network

IPV6_PREFIX = 64  # one subscriber's own network (RFC 6177); addresses in it cost nothing
UNKNOWN = "0.0.0.0"  # noqa: S104 - an address that nobody has, for servers on a Unix socket


def canonical(address: str) -> str | None:
    """Return an address in its one spelling, an IPv4-mapped one as IPv4, garbage as None."""
    try:
        parsed = ip_address(address.strip().partition("%")[0])
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(parsed)


def client_address(peer: str, forwarded_for: str, trusted_proxies: int) -> str:
    """Return the address that the outermost of N trusted proxies saw.

    A chain shorter than N, or garbage at its place, means the peer's own address: a caller who
    avoids the proxies must not choose who it is.
    """
    own = canonical(peer) or UNKNOWN
    hops = forwarded_for.split(",") if forwarded_for else []
    if trusted_proxies == 0 or len(hops) < trusted_proxies:
        return own
    return canonical(hops[-trusted_proxies]) or own


def client_network(address: str) -> str:
    """Return what limits count by: an IPv4 address, or the /64 of an IPv6 address."""
    if ":" not in address:
        return address
    return str(ip_network((address, IPV6_PREFIX), strict=False))
