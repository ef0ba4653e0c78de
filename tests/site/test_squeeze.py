"""What a phone fetches is small: pages compressed once, files left as they lie on disk."""

import gzip
from typing import Any

import pytest
from django.http import FileResponse, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from tests.live.rooms import Phone, open_room
from withus.site.squeeze import squeeze

WORDS = "One hard night. " * 400


def answered(response: Any, accepts: str = "gzip, deflate, br") -> Any:
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepts})

    def page(_request: HttpRequest) -> HttpResponse:
        return response  # type: ignore[no-any-return] # a test's own mix

    return squeeze(page)(request)


@pytest.mark.django_db
def test_a_page_goes_out_compressed_and_says_so() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop, Client(headers={"Accept-Encoding": "gzip"})).join()
    response = phone.gets(phone.at())
    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    assert int(response["Content-Length"]) == len(response.content)
    assert b"</html>" in gzip.decompress(response.content)
    assert len(response.content) < 8 * 1024


@pytest.mark.django_db
def test_who_takes_no_compression_gets_the_page_as_it_is_and_caches_keep_them_apart() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    response = phone.gets(phone.at())
    assert "Content-Encoding" not in response
    assert "Accept-Encoding" in response["Vary"]
    assert b"</html>" in response.content


def test_the_same_page_twice_has_no_length_that_tells_what_is_in_it() -> None:
    lengths = {len(answered(HttpResponse(WORDS)).content) for _ in range(40)}
    assert len(lengths) > 5


@pytest.mark.parametrize("kind", ["image/jpeg", "image/webp", "audio/webm", "application/pdf", "font/woff2"])
def test_what_is_small_already_is_left_alone(kind: str) -> None:
    response = answered(HttpResponse(WORDS, content_type=kind))
    assert "Content-Encoding" not in response
    assert response.content == WORDS.encode()


def test_a_file_is_sent_as_it_lies_on_disk(tmp_path: Any) -> None:
    file = tmp_path / "words.txt"
    file.write_text(WORDS)
    response = answered(FileResponse(file.open("rb"), content_type="text/plain"))
    assert "Content-Encoding" not in response
    assert b"".join(response.streaming_content) == WORDS.encode()


def test_what_was_compressed_before_is_not_compressed_again() -> None:
    packed = gzip.compress(WORDS.encode())
    response = answered(HttpResponse(packed, headers={"Content-Encoding": "gzip"}))
    assert response.content == packed
