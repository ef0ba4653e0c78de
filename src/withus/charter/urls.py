from django.urls import URLPattern, URLResolver, path

from withus.charter.pages import charter, home, since

app_name = "charter"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("projects", home.projects, name="projects"),
    path("at/<slug:address>/charter", charter.charter, name="charter"),
    path("at/<slug:address>/charter/decision/new", charter.decision_new, name="decision_new"),
    path("at/<slug:address>/charter/decision/<uuid:uid>", charter.decision, name="decision"),
    path("at/<slug:address>/charter/decision/<uuid:uid>/acts", since.acts, name="acts"),
    path("at/<slug:address>/charter/weighed", since.weighed, name="weighed"),
    path("at/<slug:address>/charter/sign", charter.sign, name="sign"),
    path("at/<slug:address>/changes", charter.changes, name="changes"),
]
