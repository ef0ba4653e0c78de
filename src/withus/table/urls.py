from django.urls import URLPattern, URLResolver, path

from withus.table.pages import about, begin, invitations, table, team, workshops

app_name = "table"

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/new", begin.begin, name="begin"),
    path("projects/new/<slug:step>", begin.begin_step, name="begin_step"),
    path("at/<slug:address>/table", table.table, name="table"),
    path("at/<slug:address>/table/add", table.add, name="add"),
    path("at/<slug:address>/table/invite", table.invite, name="invite"),
    path("at/<slug:address>/table/invitations", invitations.invitations, name="invitations"),
    path("at/<slug:address>/table/<uuid:uid>", table.person, name="person"),
    path("at/<slug:address>/team", team.team, name="team"),
    path("at/<slug:address>/workshops/new", workshops.new, name="workshop_new"),
    path("at/<slug:address>/workshops/<uuid:uid>", workshops.workshop, name="workshop"),
    path("at/<slug:address>/workshops/<uuid:uid>/renew", workshops.renew, name="renew"),
    path("at/<slug:address>/workshops/<uuid:uid>/poster", workshops.poster, name="poster"),
    path("at/<slug:address>/me/about", about.about, name="about"),
    path("at/<slug:address>/me/about/as-it-was", about.keep_way, name="keep_way"),
    path("at/<slug:address>/me/about/answer", about.answer, name="answer"),
]
