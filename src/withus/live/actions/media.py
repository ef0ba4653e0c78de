"""Photos, drawings and sounds that come with a card: safe on disk first, then a row, then a job that makes them anew."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from withus.live import kept_files
from withus.live.drawing import Drawing, NotADrawing, read_strokes
from withus.live.file_head import LOOK_AT, claimed_size, picture_type, sound_type
from withus.live.models import Media
from withus.live.pictures import MOST_PIXELS, SECONDS
from withus.post import actions as post
from withus.projects.models import Project
from withus.projects.refused import Refused

MOST_BYTES = {"photo": 25 * 1024 * 1024, "voice": 10 * 1024 * 1024}
ORPHANED = timedelta(days=1)
ROOM = 32 * 1024 * 1024
"""Bytes. Where less is free, what could not be made anew perhaps only had no room."""
PROGRAMS = {"photo": "withus.live.pictures", "voice": "withus.live.sounds"}


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
    plain = drawing.as_json()
    return Media.objects.create(
        project=project,
        kind="drawing",
        state="ready",
        path="",
        digest=hashlib.sha256(json.dumps(plain).encode()).hexdigest(),
        strokes=plain,
        content_type="image/svg+xml",
        width=Drawing.width,
        height=Drawing.height,
        made_at=now,
    )


def add_upload(project: Project, *, file: UploadedFile[bytes], kind: str, now: datetime) -> Media:
    """Keep a file in quarantine, readable by nobody, and queue the job that makes it anew."""
    if (file.size or 0) > MOST_BYTES[kind]:
        raise TooBig
    head = file.read(LOOK_AT)
    file.seek(0)
    content_type = picture_type(head) if kind == "photo" else sound_type(head)
    if not content_type:
        raise NotAPicture if kind == "photo" else NotASound
    size = claimed_size(head)
    if size is not None and size[0] * size[1] > MOST_PIXELS:
        raise TooBig
    name = kept_files.new_name()
    digest = kept_files.keep(kept_files.quarantine() / name, file.chunks())
    with transaction.atomic():
        media = Media.objects.create(
            project=project, kind=kind, path=name, digest=digest, content_type=content_type, made_at=now
        )
        post.queue_job("picture.make", reference={"media": media.pk}, once=f"picture:{media.uid}", run_at=now)
        day = (now + ORPHANED).astimezone(UTC).date() + timedelta(days=1)
        sweep_at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        once = f"media.sweep:{day.isoformat()}"
        post.queue_job("media.sweep", reference={}, once=once, run_at=sweep_at, days=ORPHANED.days + 2)
    return media


def make_anew(reference: dict[str, Any], now: datetime) -> None:
    """
    The job: a child process decodes the picture and writes it anew, or puts the sound alone in a box of ours; then the original goes. One
    that cannot be read is marked for a human, and the words that came with it are kept.
    """
    media = Media.objects.filter(pk=reference["media"], state="quarantine").first()
    if media is None:
        return
    source = kept_files.quarantine() / media.path
    name = kept_files.new_name()
    target = kept_files.quarantine() / (name + ".part")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        made = subprocess.run(  # noqa: S603 -- our own program, with two paths that we made
            [sys.executable, "-I", "-m", PROGRAMS[media.kind], str(source), str(target)],
            capture_output=True,
            timeout=SECONDS * 3,
            check=False,
            env={"PATH": os.environ.get("PATH", "")},
        )
        if made.returncode != 0 and shutil.disk_usage(kept_files.folder()).free < ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))  # it is tried again: nothing is wrong with it
        if made.returncode != 0:
            Media.objects.filter(pk=media.pk).update(state="failed")
            return
        new = _of_picture(json.loads(made.stdout)) if media.kind == "photo" else {}
        kept_files.settle(target, kept_files.folder() / name)
    except subprocess.TimeoutExpired:
        Media.objects.filter(pk=media.pk).update(state="failed")
        return
    finally:
        target.unlink(missing_ok=True)
    rows = Media.objects.filter(pk=media.pk, state="quarantine")
    if rows.update(state="ready", path=name, **new):
        kept_files.remove(media.path)
    else:
        kept_files.remove(name)


def _of_picture(size: dict[str, int]) -> dict[str, Any]:  # Any: a row's columns
    return {"content_type": "image/jpeg", "width": size["width"], "height": size["height"]}


def discard(media: Media) -> None:
    """What came a second time, or without its card, goes: row and file."""
    path = media.path
    Media.objects.filter(pk=media.pk).delete()
    transaction.on_commit(lambda: kept_files.remove(path))


def discard_all(media: Iterable[Media]) -> None:
    for one in media:
        discard(one)


def sweep(reference: dict[str, Any], now: datetime) -> None:
    """The job: what has had no card for a day goes (a card that was refused after its photo had come), and files that no row knows."""
    discard_all(Media.objects.filter(contributions=None, made_at__lt=now - ORPHANED))
    known = set(Media.objects.exclude(path="").values_list("path", flat=True))
    for place in (kept_files.folder(), kept_files.quarantine()):
        for file in place.glob("[0-9a-f][0-9a-f]/*"):
            old = datetime.fromtimestamp(file.stat().st_mtime, UTC) < now - ORPHANED
            if old and f"{file.parent.name}/{file.name}" not in known:
                file.unlink(missing_ok=True)
