"""Who really asks."""

import pytest

from withus.site.shell.proxies import NotAnAddress, Proxies

OURS = Proxies(["10.0.0.0/24", " 2001:db8::1 "])


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "forwarded_proto", "asker"),
    [
        ("203.0.113.9", "1.1.1.1", "https", ("203.0.113.9", "http")),
        ("10.0.0.7", "", "", ("10.0.0.7", "http")),
        ("10.0.0.7", "203.0.113.9", "https", ("203.0.113.9", "https")),
        ("10.0.0.7", "6.6.6.6, 203.0.113.9", "http, https", ("203.0.113.9", "https")),
        ("10.0.0.7", "203.0.113.9, 10.0.0.8", "https", ("203.0.113.9", "https")),
        ("10.0.0.7", "203.0.113.9:4711", "https", ("203.0.113.9", "https")),
        ("10.0.0.7", "[2001:db8::9]:4711", "https", ("2001:db8::9", "https")),
        ("2001:db8::1", "2001:db8::9", "https", ("2001:db8::9", "https")),
        ("::ffff:10.0.0.7", "::ffff:203.0.113.9", "https", ("203.0.113.9", "https")),
        ("10.0.0.7", "203.0.113.9, nonsense", "gopher", ("10.0.0.7", "http")),
        ("", "1.1.1.1", "https", ("", "http")),
    ],
)
def test_only_what_our_proxies_say_is_believed(
    peer: str, forwarded_for: str, forwarded_proto: str, asker: tuple[str, str]
) -> None:
    assert OURS.asker(peer, forwarded_for, forwarded_proto) == asker


def test_a_wrong_name_for_a_proxy_is_one_sentence() -> None:
    with pytest.raises(
        NotAnAddress, match=r"^“nginx” is not the address of a proxy\. Write 10\.0\.0\.5 or 10\.0\.0\.0/24\.$"
    ):
        Proxies(["nginx"])
