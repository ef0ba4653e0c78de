from django.urls import URLPattern, URLResolver, path, re_path

from withus.reports.pages import calendar, feeds, hiding, in_public, organisation, report, sitemap, training

app_name = "reports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("at/<slug:address>/feed.atom", feeds.atom, name="atom"),
    path("at/<slug:address>/public.json", feeds.data, name="json"),
    path("at/<slug:address>/badge.svg", feeds.badge, name="badge"),
    path("at/<slug:address>/in-public", in_public.in_public, name="in_public"),
    path("at/<slug:address>/hiding", hiding.hiding, name="hiding"),
    path("staff/pages", hiding.pages, name="pages"),
    path("at/<slug:address>/calendar", calendar.calendar, name="calendar"),
    path("at/<slug:address>/training", training.training, name="training"),
    path("at/<slug:address>/report", report.report, name="report"),
    path("at/<slug:address>/report/funder", report.funder, name="funder"),
    re_path(r"^at/(?P<address>[-\w]+)/report/(?P<which>gripp2|funder)\.pdf$", report.printed, name="pdf"),
    path("at/<slug:address>/report/data.zip", report.data, name="data"),
    path("calendar/<slug:secret>.ics", calendar.promises, name="ics"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("of/<slug:key>", organisation.organisation, name="organisation"),
]
