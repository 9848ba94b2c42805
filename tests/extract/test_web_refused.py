"""A stranger's link leads nowhere that only this machine can go."""

from collections.abc import Iterator
from ipaddress import ip_address

import httpcore2
import pytest

from etl.errors import Misconfigured
from etl.extract.web import Ask, connections, online, private
from etl.extract.web.connections import CheckedBackend
from etl.sources.feeds import Visits
from tests.extract.visiting import FREE, HASTY, MAX, answer, closed_port, failure
from tests.servers import Journal, Reply

PAGE = b"<p>here</p>"

STRICT = Visits(obey_robots=False, delay_seconds=0)

CURE = "set visits.allow_private: true in the source if it is meant"

PUBLIC = ("93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808")

PRIVATE = (
    *("127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
    *("0.0.0.0", "0.1.2.3", "100.64.0.1", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1"),
    *("198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.250", "240.0.0.1"),
    *("255.255.255.255", "::", "::1", "::7f00:1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1"),
    *("fd12:3456::1", "ff02::1", "2001:db8::1", "2001::1", "100::1", "5f00::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::1", "64:ff9b::7f00:1"),
    *("64:ff9b::a00:1", "64:ff9b:1::808:808"),
)


@pytest.mark.parametrize("text", PUBLIC)
def test_an_address_of_the_internet_is_public(text: str) -> None:
    assert private.is_public(ip_address(text))


@pytest.mark.parametrize("text", PRIVATE)
def test_an_address_of_ours_or_no_one_is_not(text: str) -> None:
    assert not private.is_public(ip_address(text))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "0.0.0.0"]
)
def test_a_private_address_is_refused(journal: Journal, host: str) -> None:
    journal.says("/a", PAGE)
    bare = host.strip("[]")

    reason = failure(journal.url("/a", host), visits=STRICT)

    assert reason == f"refused: {bare} is an address of this machine or its network; {CURE}"
    assert journal.log == []


@pytest.mark.parametrize(
    "host", ["localhost", "2130706433", "0x7f.1", "127.1", "017700000001", "0"]
)
def test_a_name_or_odd_number_of_a_private_address_is_refused(journal: Journal, host: str) -> None:
    journal.says("/a", PAGE)

    reason = failure(journal.url("/a", host), visits=STRICT)

    # Some systems do not take odd numbers for addresses at all.
    assert reason.startswith((f"refused: {host} is at ", f"dns: {host} has no address"))
    assert journal.log == []
    if host == "localhost":
        assert reason.endswith(f", an address of this machine or its network; {CURE}")


def test_robots_txt_of_a_private_address_is_not_asked_either(journal: Journal) -> None:
    journal.says("/a", PAGE)

    assert failure(journal.url("/a"), visits=Visits(delay_seconds=0)).startswith("refused: ")
    assert journal.log == []


def test_a_source_may_allow_private_addresses(journal: Journal) -> None:
    assert answer(journal.says("/a", PAGE), visits=FREE).content == PAGE


@pytest.fixture
def public_journal(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journal]:
    """A journal whose address counts as one of the internet, as no other of this machine does."""
    monkeypatch.setattr(
        connections,
        "is_public",
        lambda address: str(address) == "127.0.0.1" or private.is_public(address),
    )
    yield journal


@pytest.mark.parametrize(
    "place",
    [
        "http://169.254.169.254/latest/",
        "http://10.0.0.1/",
        "//[::1]/a",
        "http://127.0.0.2:{port}/a",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(public_journal: Journal, place: str) -> None:
    place = place.format(port=public_journal.port)
    address = public_journal.says("/a", Reply(status=302, headers={"Location": place}))
    good = public_journal.says("/b", PAGE)

    with online(STRICT, HASTY) as web:
        came = dict(web.each([Ask(address), Ask(good)], MAX))

    reason = str(came[0].failure)
    assert reason.startswith("refused: ")
    assert f" is an address of this machine or its network; {CURE}; redirected to " in reason
    assert came[1].content == PAGE
    assert sorted(public_journal.requests) == ["/a", "/b"]


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let names have these addresses, the next ones at each question, and connect to none.

    Out goes where a connection was tried.
    """
    left, tried = list(answers), []

    async def resolve(backend: CheckedBackend, host: str, port: int) -> list[str]:
        return left.pop(0)

    async def connect(backend: CheckedBackend, host: str, *others: object, **more: object) -> None:
        tried.append(host)
        raise httpcore2.ConnectError(OSError(111, "refused"))

    monkeypatch.setattr(CheckedBackend, "resolve", resolve)
    monkeypatch.setattr(httpcore2.AnyIOBackend, "connect_tcp", connect)
    return tried


def test_the_address_that_was_judged_is_the_one_connected_to(
    monkeypatch: pytest.MonkeyPatch, journal: Journal
) -> None:
    tried = resolving(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])

    reason = failure("http://oasis.example/a", visits=STRICT)

    assert tried == ["93.184.215.14"]
    assert reason.startswith("refused: oasis.example is at 127.0.0.1, an address of this machine")


def test_private_addresses_beside_public_ones_are_passed_over(
    monkeypatch: pytest.MonkeyPatch, journal: Journal
) -> None:
    tried = resolving(monkeypatch, ["10.0.0.1", "93.184.215.14", "::1", "8.8.8.8"])

    reason = failure("http://oasis.example/a", HASTY._replace(tries=1), STRICT)

    assert tried == ["93.184.215.14", "8.8.8.8"]
    assert reason.startswith("connection: no connection to oasis.example: ")


@pytest.fixture
def proxy(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journal]:
    """A journal that is asked as a proxy: what it says is behind whole addresses."""
    for name in ("NO_PROXY", "no_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    place = journal.url("", "reader:secret@127.0.0.1")
    monkeypatch.setenv("HTTP_PROXY", place)
    monkeypatch.setenv("http_proxy", place)
    yield journal


def test_a_proxy_of_the_environment_is_asked_for_hosts_only_it_knows(proxy: Journal) -> None:
    proxy.says("http://oasis.example/a", PAGE)

    came = answer("http://oasis.example/a", visits=STRICT)

    assert (came.content, came.address) == (PAGE, "http://oasis.example/a")
    assert proxy.log[0].headers["Proxy-Authorization"] == "Basic cmVhZGVyOnNlY3JldA=="


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "10.0.0.1", "[::1]"])
def test_a_proxy_is_not_asked_for_private_hosts(proxy: Journal, host: str) -> None:
    assert failure(f"http://{host}/a", visits=STRICT).startswith("refused: ")
    assert proxy.log == []


def test_hosts_can_be_had_past_a_proxy(proxy: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    assert answer(proxy.says("/a", PAGE), visits=FREE).content == PAGE


def test_a_proxy_that_does_not_lead_on_is_named(
    proxy: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", proxy.url(""))

    reason = failure("https://oasis.example/a", visits=STRICT)

    assert reason.startswith("connection: the proxy does not lead to oasis.example: 501 ")


def test_a_proxy_that_is_not_there_is_named(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"127.0.0.1:{closed_port()}")

    reason = failure("http://oasis.example/a", visits=STRICT)

    assert reason.startswith("connection: no connection to the proxy 127.0.0.1: Connection refused")


def test_a_proxy_of_another_kind_is_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5://me:secret@127.0.0.1:1080")

    with pytest.raises(Misconfigured, match=r"ALL_PROXY='socks5://127\.0\.0\.1:1080'"), online():
        pass
