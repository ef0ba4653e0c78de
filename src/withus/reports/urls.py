from django.urls import URLPattern, URLResolver, path

from withus.reports.pages import calendar, feeds, in_public, organisation

app_name = "reports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("at/<slug:address>/feed.atom", feeds.atom, name="atom"),
    path("at/<slug:address>/public.json", feeds.data, name="json"),
    path("at/<slug:address>/badge.svg", feeds.badge, name="badge"),
    path("at/<slug:address>/in-public", in_public.in_public, name="in_public"),
    path("at/<slug:address>/calendar", calendar.calendar, name="calendar"),
    path("calendar/<slug:secret>.ics", calendar.promises, name="ics"),
    path("of/<slug:key>", organisation.organisation, name="organisation"),
]
