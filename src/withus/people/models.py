from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from withus.projects.models import Organisation, Project


class Person(models.Model):
    """
    Somebody who takes part in one project, so that nobody is followed from project to project.

    Holds no name and no way to reach them: those are rows apart, each with its own readers. `link_index` and `words_index` are keyed
    digests; link and words are derived again from `uid`, `generation` and the counters, and stand nowhere readable (people/link.py).
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="persons")
    generation = models.PositiveIntegerField(default=1)
    link_counter = models.PositiveIntegerField(default=0)
    words_counter = models.PositiveIntegerField(default=0)
    link_index = models.CharField(max_length=64, unique=True)
    words_index = models.CharField(max_length=64)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="persons"
    )
    came_by = models.CharField(
        max_length=12,
        choices=[
            ("invited", _("invited")),
            ("room", _("the room's code")),
            ("paper", _("paper")),
            ("import", _("import")),
        ],
        default="invited",
    )
    language = models.CharField(max_length=20, blank=True)
    co_lead = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    erasing_at = models.DateTimeField(null=True, blank=True, help_text="Hidden now; erased for good at this instant")
    erased_at = models.DateTimeField(null=True, blank=True)
    by_words = False
    """Of whom this page is, where typed words opened it (people/here.py): not stored."""

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(fields=["project", "words_index"], name="words_open_one_person_of_a_project"),
        ]
        indexes = [
            models.Index(
                fields=["erasing_at"], condition=models.Q(erasing_at__isnull=False), name="people_taking_all_back"
            )
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


class Name(models.Model):
    """What we may call somebody. Sealed; may be missing."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="name")
    sealed = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"name of {self.person_id}"


class WayKind(models.TextChoices):
    NONE = "none", _("come and look")
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("telephone")
    POST = "post", _("post")
    SMS = "sms", _("text message")


class HowOften(models.TextChoices):
    AS_IT_COMES = "as it comes", _("as it comes")
    ONCE = "once", _("once, when all is done")
    CHANGES = "changes", _("only if something changes")
    NEVER = "never", _("never")


class Way(models.Model):
    """One way to reach a person, sealed. `none` means: the answer waits at their link and words."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ways")
    kind = models.CharField(max_length=8, choices=WayKind.choices)
    sealed = models.TextField(blank=True)
    chosen = models.BooleanField(default=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    by_words_at = models.DateTimeField(
        null=True, blank=True, help_text="Given on a page that the four words opened: perhaps by who overheard them"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_way_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


class WayAsked(models.Model):
    """Another way than the one that works, asked for on a page that four words opened. It takes its place on its day, unless stopped."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="way_asked")
    kind = models.CharField(max_length=8, choices=WayKind.choices)
    sealed = models.TextField(blank=True)
    how_often = models.CharField(max_length=12, blank=True)
    asked_at = models.DateTimeField()
    takes_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "ways asked for"

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}, from {self.takes_at:%d %B}"


class Wish(models.Model):
    """How often a person wants to hear, as they said it. No row: not asked yet, so as it comes."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="wish")
    how_often = models.CharField(max_length=12, choices=HowOften.choices, default=HowOften.AS_IT_COMES)
    before = models.CharField(max_length=12, blank=True, help_text="What they wanted before they stopped it in a mail")

    def __str__(self) -> str:
        return self.how_often


class Need(models.Model):
    """What a person needs in the room or on paper ("what do you need?", never a diagnosis). Sealed list of words."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="need")
    sealed = models.TextField(blank=True)
    booked = models.TextField(blank=True, help_text="Sealed list of words: what is booked for them; empty: not known")

    def __str__(self) -> str:
        return f"needs of {self.person_id}"


class Pay(models.Model):
    """What was offered and what became of it. Sealed: {offer, state: offered|accepted|declined|paid, paid_on}."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="pay")
    sealed = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"pay of {self.person_id}"


class Miss(models.Model):
    """Words that opened nothing, counted by address block and device. Hits are not counted and not kept."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="misses")
    block = models.CharField(max_length=64)
    device = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "misses"
        indexes = [models.Index(fields=["project", "block", "at"], name="misses_of_an_hour")]

    def __str__(self) -> str:
        return f"miss at {self.at:%H:%M}"


class ColleagueAsked(models.Model):
    """
    Somebody is asked to join an organisation, and has not said yes yet. Name and address as the asker typed them: what an account with this
    address is called, and whether there was one, is not theirs to learn.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="asked")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="asked_to_join")
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    admin = models.BooleanField(default=False)
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "colleagues asked"
        constraints = [models.UniqueConstraint(fields=["organisation", "staff"], name="asked_to_join_once")]

    def __str__(self) -> str:
        return self.name
