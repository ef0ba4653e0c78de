from django.urls import URLPattern, URLResolver, path

from withus.loop.pages import answers, closing, mine, opinions, public, telling, themes

app_name = "loop"

urlpatterns: list[URLPattern | URLResolver] = [
    path("at/<slug:address>", public.public, name="public"),
    path("at/<slug:address>/me", mine.me, name="me"),
    path("at/<slug:address>/me/answer/<uuid:uid>", mine.answer, name="answer"),
    path("at/<slug:address>/me/fits/<uuid:uid>", mine.fits, name="fits"),
    path("at/<slug:address>/me/erase", mine.erase, name="erase"),
    path("at/<slug:address>/themes", themes.themes, name="themes"),
    path("at/<slug:address>/themes/<uuid:uid>", themes.theme, name="theme"),
    path("at/<slug:address>/answers/new", answers.new, name="new_answer"),
    path("at/<slug:address>/answers/<uuid:uid>", answers.edit, name="edit_answer"),
    path("at/<slug:address>/answers/<uuid:uid>/publish", answers.publish, name="publish"),
    path("at/<slug:address>/answers/<uuid:uid>/redate", answers.redate, name="redate"),
    path("at/<slug:address>/answers/<uuid:uid>/kept", answers.kept, name="kept"),
    path("at/<slug:address>/letters", telling.letters, name="letters"),
    path("at/<slug:address>/telling", telling.telling, name="telling"),
    path("at/<slug:address>/telling/<uuid:person>", telling.note, name="note"),
    path("at/<slug:address>/themes/opinions", opinions.opinions, name="opinions"),
    path("at/<slug:address>/opinions", opinions.shown, name="opinions_shown"),
    path("at/<slug:address>/close", closing.close, name="close"),
]
