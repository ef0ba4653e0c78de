from django.urls import URLPattern, URLResolver, path

from withus.accounts.pages import account, once

app_name = "accounts"

urlpatterns: list[URLPattern | URLResolver] = [
    path("account", account.account, name="account"),
    path("sign-in-once", once.once, name="once"),
]
