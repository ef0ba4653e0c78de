"""Every address. Each part brings its own; a test walks this resolver, and an address without a row in the access matrix fails it."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from withus.site import begin, health, robots

YOUR_ACCOUNT = RedirectView.as_view(pattern_name="accounts:account")
NOT_HERE = [path("email/", YOUR_ACCOUNT)]
"""
Nobody gives themselves another address. It would be theirs without a proof, and the address is what a project is handed over to, and what a
code to sign in is sent to. And where there are no passkeys their page has nothing to show.
"""
if not settings.MFA_SUPPORTED_TYPES:
    NOT_HERE.append(path("2fa/", YOUR_ACCOUNT))

urlpatterns = [
    path("robots.txt", robots.robots, name="robots"),
    path("health", health.health, name="health"),
    path("begin/<str:token>", begin.begin, name="begin"),
    path("sign-in/", include(NOT_HERE)),
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
