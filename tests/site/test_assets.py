"""Styles, scripts and pictures are fetched once: compressed, under a name that changes with their content."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.templatetags.static import static
from django.test import Client


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    call_command("collectstatic", verbosity=0, interactive=False)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize("name", ["participant.css", "participant.js", "ui/mark.svg"])
def test_a_file_comes_compressed_and_is_kept_for_ever(name: str) -> None:
    address = static(name)
    assert address != f"/static/{name}"
    plain = Client().get(address)
    packed = Client(headers={"Accept-Encoding": "gzip, br"}).get(address)
    assert (plain.status_code, packed.status_code) == (200, 200)
    assert "immutable" in packed["Cache-Control"]
    assert "Accept-Encoding" in packed["Vary"]
    whole = body(plain)
    if len(whole) > 1000:
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(body(packed)) == whole


@pytest.mark.usefixtures("collected")
def test_who_has_it_is_told_so_and_sent_nothing() -> None:
    address = static("participant.css")
    first = Client().get(address)
    again = Client(headers={"If-None-Match": first["ETag"]}).get(address)
    assert (again.status_code, body(again)) == (304, b"")


@pytest.mark.usefixtures("collected")
def test_a_letter_form_is_not_compressed_twice() -> None:
    font = next(one for one in (Path(__file__).parents[2] / "src/withus/ui/built").glob("*.woff2"))
    response = Client(headers={"Accept-Encoding": "gzip"}).get(static(font.name))
    assert "Content-Encoding" not in response
    assert body(response) == font.read_bytes()
