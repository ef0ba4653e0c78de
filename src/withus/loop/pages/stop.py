"""The one button that ends our mails: for a person, and for a mail program that presses it for them (RFC 8058)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from withus.loop import actions
from withus.people import link
from withus.people.models import HowOften, Wish
from withus.people.tongue import tongue_of


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """
    Looking changes nothing. The token in the address is all the authority there is, and no cookie adds to it: there is nothing that another
    site could make a browser do here (docs/decisions/0006-one-press-ends-our-mails.md). Says no name: whoever has the mail may be another.
    """
    person = link.by_stop(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        if request.POST.get("do") == "again":
            actions.write_again(person, now=timezone.now())
        else:
            actions.stop_writing(person, now=timezone.now())
        return redirect("loop:stop", token)
    stopped = Wish.objects.filter(person=person, how_often=HowOften.NEVER).exists()
    with translation.override(tongue_of(person)):
        return render(request, "loop/stop.html", {"project": person.project, "stopped": stopped})
