"""A photo, drawing or sound, served only to those who may see its card; checked each time, so that a held-back one is gone at once."""

import json
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from withus.live.asks import is_theirs
from withus.live.drawing import read_strokes
from withus.live.models import GONE, CardState, Contribution, MaySee, Media
from withus.people import here
from withus.projects.access import open_page, parts_of, staff_of
from withus.projects.models import Project

POLICY = "default-src 'none'; sandbox"


@never_cache
@require_safe
@open_page
def media(request: HttpRequest, project: Project, uid: UUID) -> HttpResponseBase:
    row = Media.objects.filter(project=project, uid=uid, state="ready").first()
    if row is None or not _may_see(request, project, row):
        raise Http404
    response: HttpResponseBase
    if row.kind == "drawing":
        response = HttpResponse(read_strokes(json.dumps(row.strokes)).svg(), content_type="image/svg+xml")
    else:
        try:
            response = FileResponse((settings.MEDIA_ROOT / row.path).open("rb"), content_type=row.content_type)
        except FileNotFoundError:
            raise Http404 from None
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response


def _may_see(request: HttpRequest, project: Project, row: Media) -> bool:
    """Its authors; the team; and on the wall everybody who is in the project, once somebody has looked. A voice: the first two only."""
    cards = list(Contribution.objects.filter(media=row, person__erasing_at=None).exclude(state__in=GONE))
    person = here.person_here(request, project)
    if person is not None and any(is_theirs(card, person) for card in cards):
        return True
    staff = staff_of(request)
    if staff is not None and parts_of(staff, project):
        return bool(cards)
    if row.kind == "voice":
        return False
    inside = person is not None or here.device_here(request, project) is not None
    seen = {MaySee.WALL} if person is None else {MaySee.WALL, MaySee.GROUP}
    return inside and any(card.state == CardState.SHOWN and card.may_see in seen for card in cards)
