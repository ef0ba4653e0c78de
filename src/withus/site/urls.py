"""Every address. Each part brings its own; a test walks this resolver, and an address without a row in the access matrix fails it."""

from django.urls import include, path

from withus.site import begin, health, robots

urlpatterns = [
    path("robots.txt", robots.robots, name="robots"),
    path("health", health.health, name="health"),
    path("begin/<str:token>", begin.begin, name="begin"),
    path("sign-in/", include("allauth.urls")),
    path("", include("withus.accounts.urls")),
    path("", include("withus.people.urls")),
    path("", include("withus.findings.urls")),
    path("", include("withus.charter.urls")),
    path("", include("withus.table.urls")),
    path("", include("withus.plan.urls")),
    path("", include("withus.live.urls")),
    path("", include("withus.loop.urls")),
    path("", include("withus.reports.urls")),
    path("", include("withus.post.urls")),
]

handler400 = "withus.site.errors.bad_request"
handler403 = "withus.site.errors.forbidden"
handler404 = "withus.site.errors.not_found"
handler500 = "withus.site.errors.broken"
