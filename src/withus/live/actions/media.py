"""Photos, drawings and sounds that come with a card: safe on disk first, then a row, then a job that makes them anew."""

import json
import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from withus.live.drawing import Drawing, NotADrawing, read_strokes
from withus.live.models import Media
from withus.post import actions as post
from withus.projects.models import Project
from withus.projects.refused import Refused

MOST_BYTES = {"photo": 25 * 1024 * 1024, "voice": 10 * 1024 * 1024}
SOUNDS = {
    b"OggS": "audio/ogg",
    b"RIFF": "audio/wav",
    b"ID3": "audio/mpeg",
    b"\xff\xfb": "audio/mpeg",
    b"\xff\xf3": "audio/mpeg",
    b"\xff\xf1": "audio/aac",
    b"\x1aE\xdf\xa3": "audio/webm",
    b"fLaC": "audio/flac",
}
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"GIF8")


class TooBig(Refused):
    sentence = _("That file is too big. Try a smaller one, or tell us in words.")


class NotAPicture(Refused):
    sentence = _("That is no picture we can show. A photo works: JPEG, PNG, WebP or HEIC. Or tell us in words.")


class NotASound(Refused):
    sentence = _("That is no sound we can keep. Try again, or tell us in words.")


class DrawingBroken(Refused):
    sentence = _("We could not read that drawing. Draw it again, or take a photo of one on paper.")


def add_drawing(project: Project, *, strokes: str | list[dict[str, Any]], now: datetime) -> Media | None:
    """Strokes as the drawing sheet sends them; we draw the picture ourselves. An empty sheet is nothing."""
    try:
        drawing = read_strokes(strokes if isinstance(strokes, str) else json.dumps(strokes))
    except NotADrawing:
        raise DrawingBroken from None
    if not drawing.strokes:
        return None
    return Media.objects.create(
        project=project,
        kind="drawing",
        state="ready",
        path="",
        strokes=drawing.as_json(),
        content_type="image/svg+xml",
        width=Drawing.width,
        height=Drawing.height,
        made_at=now,
    )


def add_upload(project: Project, *, file: "UploadedFile[bytes]", kind: str, now: datetime) -> Media:
    """Keep a file in quarantine, readable by nobody, and queue the job that makes it anew."""
    if (file.size or 0) > MOST_BYTES[kind]:
        raise TooBig
    start = file.read(64)
    file.seek(0)
    content_type = _kind_of(start, kind)
    name = f"{secrets.token_hex(1)}/{secrets.token_hex(16)}"
    _keep(settings.MEDIA_ROOT / "quarantine" / name, file)
    media = Media.objects.create(project=project, kind=kind, path=name, content_type=content_type, made_at=now)
    post.queue_job("media.make", reference={"media": media.pk}, once=f"media:{media.pk}", run_at=now)
    return media


def made(media: Media, *, path: str, content_type: str, width: int, height: int) -> None:
    """The child process has made it anew."""
    Media.objects.filter(pk=media.pk).update(
        state="ready", path=path, content_type=content_type, width=width, height=height
    )


def failed(media: Media) -> None:
    """It could not be read; the words that came with it are kept, and somebody looks at it."""
    Media.objects.filter(pk=media.pk).update(state="failed")


def _kind_of(start: bytes, kind: str) -> str:
    if kind == "voice":
        found = next((value for magic, value in SOUNDS.items() if start.startswith(magic)), None)
        if found is None and start[4:8] == b"ftyp":
            found = "audio/mp4"
        if found is None:
            raise NotASound
        return found
    if not (start.startswith(PICTURES) or start[4:8] == b"ftyp"):
        raise NotAPicture
    return ""


def _keep(path: Path, file: "UploadedFile[bytes]") -> None:
    """Written, synced, renamed, its folder synced: then a receipt means that it is safe."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    with partial.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    partial.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
