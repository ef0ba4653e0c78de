"""Photos, drawings and sounds: made anew by a process apart, and served only to those who may see their card."""

import errno
import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.cast import NOW
from tests.live import recorded
from tests.live.rooms import Phone, open_room
from withus.live import actions, kept_files, pictures
from withus.live.file_head import claimed_size, picture_type
from withus.live.models import Contribution, Media
from withus.live.sounds import rewritten
from withus.post.models import Job

pytestmark = pytest.mark.django_db
PLACE = b"53.4808 N, 2.2426 W"


def photo(kind: str, size: tuple[int, int] = (300, 200)) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    exif[0x0112] = 6
    Image.new("RGB", size, "red").save(out, kind, exif=exif)
    return out.getvalue()


def given(phone: Phone, data: bytes, field: str = "photo", **more: object) -> Media:
    assert phone.says("Look", **{field: SimpleUploadedFile("x", data)}, **more).status_code == 302
    return Media.objects.latest("pk")


def make(media: Media) -> Media:
    actions.make_anew({"media": media.pk}, NOW)
    return Media.objects.get(pk=media.pk)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_made_anew_upright_without_where_it_was_taken(kind: str, media_folder: Path) -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    media = given(phone, photo(kind))
    assert phone.gets(f"/at/{phone.project.address}/media/{media.uid}").status_code == 404
    assert PLACE in (media_folder / "quarantine" / media.path).read_bytes()
    ready = make(media)
    assert (ready.state, ready.content_type, ready.width, ready.height) == ("ready", "image/jpeg", 200, 300)
    files = [path for path in media_folder.rglob("*") if path.is_file()]
    assert files == [media_folder / ready.path]
    assert PLACE not in files[0].read_bytes()
    answer = phone.gets(f"/at/{phone.project.address}/media/{media.uid}")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).size == (200, 300)


def test_a_photo_from_an_apple_phone_works(media_folder: Path) -> None:
    pi_heif = pytest.importorskip("pillow_heif", reason="only a writer of HEIC can make one")
    out = io.BytesIO()
    pi_heif.from_pillow(Image.new("RGB", (64, 48), "red")).save(out)
    _them, workshop = open_room()
    assert make(given(Phone(workshop).join(), out.getvalue())).state == "ready"


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff" + b"\0" * 500,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 500,
        b"RIFF\0\0\0\0WEBPVP8L" + b"\0" * 500,
        b"\0\0\0\x18ftypheic" + b"\0" * 500,
    ],
)
def test_one_that_cannot_be_read_is_marked_and_its_words_are_kept(data: bytes) -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    media = make(given(phone, data))
    assert media.state == "failed"
    card = Contribution.objects.get()
    page = phone.gets(f"/at/{phone.project.address}/receipt/{card.mark}").content.decode()
    assert "We could not read your photo." in page
    assert "Look" in page


def test_a_picture_larger_than_it_says_is_stopped_by_the_limits(tmp_path: Path) -> None:
    wide = tmp_path / "wide.png"
    Image.new("1", (50_000, 2_000)).save(wide)
    assert claimed_size(wide.read_bytes()) == (50_000, 2_000)
    import subprocess

    ended = subprocess.run(
        [sys.executable, "-I", "-m", "withus.live.pictures", str(wide), str(tmp_path / "out")],
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == pictures.NO_PICTURE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_size_is_read_from_the_head_without_decoding(kind: str) -> None:
    data = photo(kind, (321, 123))
    assert picture_type(data) == f"image/{kind.lower()}"
    assert claimed_size(data) == (321, 123)


def test_a_sound_is_written_anew_for_its_author_and_the_team(media_folder: Path) -> None:
    them, workshop = open_room()
    phone = Phone(workshop).opens_link(them.amira)
    came = given(phone, recorded.ogg(), "voice", may_see="wall")
    assert phone.gets(f"/at/{phone.project.address}/media/{came.uid}").status_code == 404
    media = make(came)
    assert (media.content_type, media.path != came.path) == ("audio/ogg", True)
    assert not (media_folder / "quarantine" / came.path).exists()
    actions.let_through(Contribution.objects.get(), by=them.dev, now=NOW)
    address = f"/at/{phone.project.address}/media/{media.uid}"
    sound = b"".join(phone.gets(address).streaming_content)
    assert (sound, recorded.PLACE in sound) == (rewritten(recorded.ogg()), False)
    assert Phone(workshop).opens_link(them.bo).gets(address).status_code == 404
    team = Phone(workshop)
    team.client.force_login(them.dev, backend="sesame.backends.ModelBackend")
    assert team.gets(address).status_code == 200


def test_a_sound_that_cannot_be_written_is_said_and_its_words_are_kept() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    assert make(given(phone, b"OggS" + b"\1" * 200, "voice")).state == "failed"
    page = phone.gets(f"/at/{phone.project.address}/receipt/{Contribution.objects.get().mark}").content.decode()
    assert "We could not keep your sound. Your words are kept." in page
    assert "Look" in page


def test_who_may_see_a_card_may_see_its_picture_and_nobody_else() -> None:
    them, workshop = open_room()
    amira = Phone(workshop).opens_link(them.amira)
    sent = {"strokes": '[{"pen": "ink", "points": [1, 2, 3, 4]}]', "may_see": "wall"}
    amira.says("", **sent)
    media, card = Media.objects.get(), Contribution.objects.get()
    address = f"/at/{amira.project.address}/media/{media.uid}"
    others = {
        "anonymous": Phone(workshop),
        "joined": Phone(workshop).join(),
        "bo": Phone(workshop).opens_link(them.bo),
        "sam's person": Phone(workshop).opens_link(them.sams_person),
        "dev": Phone(workshop),
        "ada": Phone(workshop),
        "sam": Phone(workshop),
    }
    for name, staff in (("dev", them.dev), ("ada", them.ada), ("sam", them.sam)):
        others[name].client.force_login(staff, backend="sesame.backends.ModelBackend")

    def seen_by() -> set[str]:
        return {name for name, phone in others.items() if phone.gets(address).status_code == 200}

    assert amira.gets(address)["Content-Type"] == "image/svg+xml"
    assert seen_by() == {"dev"}
    actions.let_through(card, by=them.dev, now=NOW)
    assert seen_by() == {"dev", "joined", "bo"}
    actions.hold_back(card, because="names", words="", by=them.dev, now=NOW)
    assert seen_by() == {"dev"}
    actions.withdraw(card, person=them.amira, now=NOW)
    assert seen_by() == set()


def test_a_drawing_is_drawn_by_us_from_numbers_only() -> None:
    them, workshop = open_room()
    phone = Phone(workshop).opens_link(them.amira)
    phone.says(strokes='[{"pen": "plum", "points": [1, 2, 30.55, 4], "onload": "alert(1)"}]')
    svg = phone.gets(f"/at/{phone.project.address}/media/{Media.objects.get().uid}").content.decode()
    assert 'd="M1 2L30.6 4"' in svg
    assert "alert" not in svg


def test_what_has_had_no_card_for_a_day_is_swept(media_folder: Path) -> None:
    them, workshop = open_room()
    phone = Phone(workshop).join()
    kept = given(phone, photo("PNG"))
    orphan = actions.add_upload(
        them.project, file=SimpleUploadedFile("x", photo("JPEG")), kind="photo", now=NOW - timedelta(days=2)
    )
    Media.objects.filter(pk=kept.pk).update(made_at=NOW - timedelta(days=2))
    actions.sweep({}, NOW)
    assert list(Media.objects.all()) == [kept]
    assert Job.objects.filter(kind="media.sweep").exists()
    assert orphan.path != kept.path


def test_of_a_photo_that_did_not_fit_on_the_disk_nothing_stays(media_folder: Path) -> None:
    """A half file would fill the disk some more, for a day."""

    def chunks() -> Iterator[bytes]:
        yield b"the first half"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        kept_files.keep(media_folder / "quarantine" / "ab" / "cd", chunks())
    assert [path for path in media_folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(("free", "state"), [(1_000_000, "quarantine"), (10**10, "failed")])
def test_a_photo_for_which_there_was_no_room_is_tried_again_and_not_given_up(
    free: int, state: str, media_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its giver read that we could not keep it, and nobody tried again when there was room."""
    _them, workshop = open_room()
    media = given(Phone(workshop).join(), photo("JPEG"))
    room = SimpleNamespace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: room)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=1))
    with suppress(OSError):
        actions.make_anew({"media": media.pk}, NOW)
    assert Media.objects.get().state == state
    monkeypatch.undo()
    assert (media_folder / "quarantine" / media.path).exists()
