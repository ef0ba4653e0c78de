from django.urls import URLPattern, URLResolver, path

from withus.findings.pages import ask, check, findings, owned

app_name = "findings"

urlpatterns: list[URLPattern | URLResolver] = [
    path("check", check.check, name="check"),
    path("at/<slug:address>/findings", findings.findings, name="findings"),
    path("at/<slug:address>/findings/wrong", findings.own_project, name="own_project"),
    path("at/<slug:address>/findings/<slug:rule>/mend", findings.mend, name="mend"),
    path("at/<slug:address>/findings/<slug:rule>/explain", findings.explain, name="explain"),
    path("at/<slug:address>/findings/<slug:rule>/own", findings.own, name="own"),
    path("at/<slug:address>/findings/<slug:rule>/ask", ask.ask, name="ask"),
    path("at/<slug:address>/findings/owned/<uuid:uid>", owned.owned, name="owned"),
    path("at/<slug:address>/wrong", findings.wrong, name="wrong"),
]
