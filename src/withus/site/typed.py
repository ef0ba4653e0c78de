"""The one character that nobody types and that PostgreSQL cannot keep is taken out of whatever comes in, before any page reads it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\x00"


def without_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        if _has_nul(request.GET):
            request.GET = _cleaned(request.GET)  # type: ignore[assignment] # immutable again, as the page expects
        if request.method == "POST" and _has_nul(request.POST):
            request.POST = _cleaned(request.POST)  # type: ignore[assignment] # immutable again, as the page expects
        return get_response(request)

    return answer


def _has_nul(sent: QueryDict) -> bool:
    return any(NUL in value for _name, values in sent.lists() for value in values)


def _cleaned(sent: QueryDict) -> QueryDict:
    clean = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        clean.setlist(name.replace(NUL, ""), [value.replace(NUL, "") for value in values])
    clean._mutable = False
    return clean
