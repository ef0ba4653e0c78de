"""Django with a table behind the shell, for what only both together can show."""

import sys
import threading

from django.conf import settings

settings.configure(
    SECRET_KEY="tiny",
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    USE_I18N=False,
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[2], "CONN_MAX_AGE": None},
    },
)

from django.core.wsgi import get_wsgi_application  # noqa: E402 -- after setup
from django.db import connection  # noqa: E402 -- after setup
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse  # noqa: E402 -- after setup
from django.urls import path  # noqa: E402 -- after setup

from withus.site.shell import serve  # noqa: E402 -- after setup


def where(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return JsonResponse({"thread": threading.get_ident(), "connection": id(connection.connection)})


def form(request: HttpRequest) -> HttpResponse:
    sizes = {name: request.FILES.getlist(name)[0].size for name in request.FILES}
    return JsonResponse({"words": request.POST["words"], "files": sizes, "secure": request.is_secure()})


def file(request: HttpRequest) -> FileResponse:
    return FileResponse(open(sys.argv[2], "rb"))


def pieces(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse("piece" for _ in range(3))


urlpatterns = [path("where", where), path("form", form), path("file", file), path("pieces", pieces)]

if __name__ == "__main__":
    serve(get_wsgi_application(), "127.0.0.1", 0, started=lambda port: print(port, flush=True))
