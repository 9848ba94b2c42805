"""IP addresses to whether a stranger's link may lead there.

Pages and feeds are written by strangers, and a link to `http://10.0.0.1/` would make this
machine ask what only it can reach. How names become addresses belongs in
`etl.extract.web.connections`.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

GLOBAL_UNICAST = IPv6Network("2000::/3")
"""The only part of IPv6 from which public addresses are given out (RFC 4291)."""

NAT64 = IPv6Network("64:ff9b::/96")
"""IPv4 addresses as an IPv6-only network sees them (RFC 6052)."""

UNROUTED = (IPv4Network("192.88.99.0/24"), IPv4Network("192.0.0.0/24"))
"""Given out for protocols: 6to4 relays (RFC 7526), IETF assignments; older Pythons miss them."""


def is_public(address: Address) -> bool:
    """Whether `address` is one of the internet: not of this machine, its network, or no one's.

    IPv6 addresses that carry an IPv4 address are judged by that one.

    >>> from ipaddress import ip_address
    >>> is_public(ip_address("127.0.0.1")), is_public(ip_address("64:ff9b::a00:1"))
    (False, False)
    >>> is_public(ip_address("2001:4860:4860::8888"))
    True
    """
    if isinstance(address, IPv4Address):
        return _is_public4(address)
    if (carried := _carried(address)) is not None:
        return _is_public4(carried)
    return address in GLOBAL_UNICAST and address.is_global and not address.is_multicast


def _is_public4(address: IPv4Address) -> bool:
    """Whether an IPv4 address is one of the internet."""
    is_ours = address.is_global and not (address.is_multicast or address.is_reserved)
    return is_ours and not any(address in network for network in UNROUTED)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that packets to `address` would end at, if there is one."""
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour
