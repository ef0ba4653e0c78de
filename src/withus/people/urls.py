from django.urls import URLPattern, URLResolver, path

from withus.people.pages import joining, link, post, staff

app_name = "people"

urlpatterns: list[URLPattern | URLResolver] = [
    path("k/<str:secret>", link.personal, name="personal"),
    path("at/<slug:address>/words", link.words, name="words"),
    path("at/<slug:address>/forget", link.forget, name="forget"),
    path("staff", staff.staff, name="staff"),
    path("staff/joining", joining.joining, name="joining"),
    path("staff/post", post.post, name="post"),
]
