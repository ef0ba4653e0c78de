from django.urls import URLPattern, URLResolver, path

from withus.live.pages import (
    afterwards,
    care,
    console,
    join,
    media,
    paper,
    pass_on,
    receipt,
    room,
    say,
    talk,
    uses,
    wall,
    workshops,
)

app_name = "live"

urlpatterns: list[URLPattern | URLResolver] = [
    path("r/<slug:code>", join.join, name="join"),
    path("at/<slug:address>/live", workshops.workshops, name="workshops"),
    path("at/<slug:address>/w/<uuid:uid>", room.room, name="room"),
    path("at/<slug:address>/w/<uuid:uid>/say", say.say, name="say"),
    path("at/<slug:address>/w/<uuid:uid>/park", say.park, name="park"),
    path("at/<slug:address>/w/<uuid:uid>/break", room.ask_break, name="break"),
    path("at/<slug:address>/w/<uuid:uid>/talk", talk.talk, name="talk"),
    path("at/<slug:address>/talk", talk.talk_now, name="talk_now"),
    path("at/<slug:address>/called/<uuid:uid>", talk.called, name="called"),
    path("at/<slug:address>/care", care.care, name="care"),
    path("at/<slug:address>/call/<uuid:uid>", care.call, name="call"),
    path("at/<slug:address>/w/<uuid:uid>/afterwards", afterwards.afterwards, name="afterwards"),
    path("at/<slug:address>/w/<uuid:uid>/pass-on", pass_on.pass_on, name="pass_on"),
    path("at/<slug:address>/w/<uuid:uid>/wall", wall.wall, name="wall"),
    path("at/<slug:address>/w/<uuid:uid>/console", console.console, name="console"),
    path("at/<slug:address>/w/<uuid:uid>/console/<slug:what>", console.act, name="act"),
    path("at/<slug:address>/w/<uuid:uid>/card/<uuid:card>", console.card, name="card"),
    path("at/<slug:address>/w/<uuid:uid>/parked/<uuid:subject>", console.parked, name="parked"),
    path("at/<slug:address>/paper", paper.paper, name="paper"),
    path("at/<slug:address>/paper/<slug:mark>", paper.paper_slip, name="paper_slip"),
    path("at/<slug:address>/receipt/<slug:mark>", receipt.receipt, name="receipt"),
    path("at/<slug:address>/receipt/<slug:mark>/slip", receipt.slip, name="slip"),
    path("at/<slug:address>/receipt/<slug:mark>/uses", uses.uses, name="uses"),
    path("at/<slug:address>/receipt/<slug:mark>/take-back", receipt.take_back, name="take_back"),
    path("at/<slug:address>/media/<uuid:uid>", media.media, name="media"),
]
