"""What an erased person said of answers, and the letters that quoted them, go with the rest."""

from withus.loop.models import Confirmation, Telling
from withus.people.models import Person
from withus.post import actions as post
from withus.post.models import Outgoing


def forget_the_erased() -> None:
    """Blank erased people's words in confirmations, and how they were reached; take their letters out of the embedded mailbox."""
    erased = Person.objects.filter(erased_at__isnull=False)
    Confirmation.objects.filter(person__in=erased).exclude(because="").update(because="", beside_the_answer=False)
    Telling.objects.filter(person__in=erased).exclude(because="").update(because="")
    people = [str(uid) for uid in erased.values_list("uid", flat=True)]
    post.forget(list(Outgoing.objects.filter(reference__person__in=people)))
