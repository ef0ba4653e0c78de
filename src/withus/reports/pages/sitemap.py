"""What search engines are shown: every organisation's page and the pages of its projects that are in public. Of an example, nothing."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from withus.projects.lasting import lasting
from withus.projects.models import Organisation, Project
from withus.reports.pages.organisation import begun

MOST = 50_000
"""A sitemap holds no more."""


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Of the address at which it was asked for, as organisations give it out: a sitemap speaks for no other."""
    base = f"{request.scheme}://{request.get_host()}"
    rows = Project.objects.filter(begun(), is_example=False, publicity__hidden_since=None).select_related(
        "organisation"
    )
    projects = [one for one in rows.order_by("pk") if lasting(one.organisation) == base]
    owners: dict[int, Organisation] = {one.organisation_id: one.organisation for one in projects}
    pages = [reverse("reports:organisation", args=[one.key]) for one in owners.values()]
    pages += [reverse("loop:public", args=[one.address]) for one in projects]
    content = render_to_string("reports/sitemap.xml", {"pages": [f"{base}{page}" for page in pages[:MOST]]})
    return HttpResponse(content, content_type="application/xml")
