"""Which addresses take a press without Django's CSRF protection: those that docs/decisions/0006 names, and no other."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def addresses(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one)
        else:
            yield one


def test_two_addresses_are_exempt_from_the_protection_of_presses() -> None:
    exempt = {one.name for one in addresses(get_resolver()) if getattr(one.callback, "csrf_exempt", False)}
    assert exempt == {"stop", "provider"}
