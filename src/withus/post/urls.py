from django.urls import URLPattern, URLResolver, path

from withus.post.pages import mailbox

app_name = "post"

urlpatterns: list[URLPattern | URLResolver] = [
    path("mailbox", mailbox.mailbox, name="mailbox"),
    path("mailbox/<int:number>", mailbox.mail, name="mail"),
]
