"""A card as everybody may see it: words, picture and mark; never who gave it, and a colour that means nothing."""

from dataclasses import dataclass
from zlib import crc32

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from withus.live.models import Contribution
from withus.methods.deck import starter

COLOURS = ("", "rose", "pleaf", "psky", "lilac", "peach")


@dataclass(frozen=True)
class Card:
    """What a template needs of a contribution, and nothing that says whose it is."""

    mark: str
    shown: int | None
    words: str
    language: str
    colour: str
    picture_url: str = ""
    picture_alt: str = ""
    media_url: str = ""
    media_kind: str = ""


def card_of(row: Contribution, *, address: str) -> Card:
    """The colour comes from the mark, which is random: never from role or group."""
    picture = starter().card(row.picture) if row.picture else None
    media = row.media if row.media is not None and row.media.state == "ready" else None
    return Card(
        mark=row.mark,
        shown=row.shown,
        words=row.words,
        language=row.language,
        colour=COLOURS[crc32(row.mark.encode()) % len(COLOURS)],
        picture_url=static(picture.asset) if picture else "",
        picture_alt=_(picture.alt) if picture else "",
        media_url=reverse("live:media", args=[address, media.uid]) if media else "",
        media_kind=media.kind if media else "",
    )
