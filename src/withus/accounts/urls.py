from django.urls import URLPattern, URLResolver, path

from withus.accounts.pages import once

app_name = "accounts"

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in-once", once.once, name="once"),
]
