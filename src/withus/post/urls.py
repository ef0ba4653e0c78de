from django.urls import URLPattern, URLResolver, path

from withus.post.pages import mailbox, provider

app_name = "post"

urlpatterns: list[URLPattern | URLResolver] = [
    path("mail-provider/<str:provider>", provider.told, name="provider"),
    path("mailbox", mailbox.mailbox, name="mailbox"),
    path("mailbox/<int:number>", mailbox.mail, name="mail"),
]
