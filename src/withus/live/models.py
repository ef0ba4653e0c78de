from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from withus.methods.deck import starter
from withus.people.models import Person
from withus.plan.models import Block
from withus.projects.models import Project
from withus.table.models import Workshop


class GivenBy(models.TextChoices):
    WORDS = "words", _("words")
    PICTURE = "picture", _("picture")
    DRAWING = "drawing", _("drawing")
    PHOTO = "photo", _("photo")
    VOICE = "voice", _("voice")
    PLACE = "place", _("place")
    SORT = "sort", _("sort")
    RATING = "rating", _("rating")


class CardState(models.TextChoices):
    WAITING = "waiting", _("waiting to be looked at")
    SHOWN = "shown", _("shown")
    HELD_BACK = "held back", _("held back")
    WITHDRAWN = "withdrawn", _("withdrawn")
    ERASED = "erased", _("erased")
    NO_CONTENT = "no content", _("no content")


GONE = (CardState.WITHDRAWN, CardState.ERASED)
"""Taken back: shown to nobody, and owed nothing."""
NOTHING_TO_READ = (*GONE, CardState.NO_CONTENT)


class MaySee(models.TextChoices):
    WALL = "wall", _("the wall")
    GROUP = "group", _("the group")
    ANSWERERS = "answerers", _("only those who answer")


class Media(models.Model):
    """A photo, drawing or sound that came with a card. In quarantine, readable by nobody, until a child process has made it anew."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="media")
    kind = models.CharField(
        max_length=10, choices=[("photo", _("photo")), ("drawing", _("drawing")), ("voice", _("voice"))]
    )
    state = models.CharField(
        max_length=10,
        choices=[("quarantine", _("being made ready")), ("ready", _("ready")), ("failed", _("could not be read"))],
        default="quarantine",
    )
    path = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, blank=True, help_text="Of the bytes that came: the same file sent twice")
    strokes = models.JSONField(null=True, blank=True)
    content_type = models.CharField(max_length=40, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "media"

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Contribution(models.Model):
    """
    All that somebody gives, whichever way. `sent_once` makes sure that the same thing sent twice is stored once.

    `mark` stands on card, wall and export, and opens nothing. `device` is set when the room's QR was scanned and no person was known yet.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="contributions")
    workshop = models.ForeignKey(
        Workshop, null=True, blank=True, on_delete=models.SET_NULL, related_name="contributions"
    )
    block = models.ForeignKey(Block, null=True, blank=True, on_delete=models.SET_NULL, related_name="contributions")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="contributions")
    with_persons = models.ManyToManyField(Person, blank=True, related_name="said_together")
    mark = models.CharField(max_length=8)
    seq = models.PositiveBigIntegerField(help_text="The record's entry")
    shown = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="Its number on the wall, counted per workshop"
    )
    given_by = models.CharField(max_length=8, choices=GivenBy.choices)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=20, blank=True)
    picture = models.CharField(max_length=60, blank=True, help_text="Id of a card of the picture deck")
    media = models.ForeignKey(Media, null=True, blank=True, on_delete=models.SET_NULL, related_name="contributions")
    state = models.CharField(max_length=10, choices=CardState.choices, default=CardState.WAITING)
    may_see = models.CharField(max_length=10, choices=MaySee.choices, default=MaySee.ANSWERERS)
    off_agenda = models.BooleanField(default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    device = models.CharField(max_length=64, blank=True)
    sent_once = models.CharField(max_length=64)
    content_digest = models.CharField(max_length=64)
    held_because = models.CharField(max_length=20, blank=True)
    held_words = models.TextField(blank=True, help_text="What its author was told")
    given_at = models.DateTimeField()
    gone_at = models.DateTimeField(
        null=True, blank=True, help_text="Taken back or erased; in public it is counted till the next midnight"
    )

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["project", "mark"], name="a_mark_once_in_a_project"),
            models.UniqueConstraint(fields=["project", "seq"], name="a_card_an_entry"),
            models.UniqueConstraint(fields=["project", "person", "sent_once"], name="a_person_sends_it_once"),
            models.UniqueConstraint(
                fields=["workshop", "device", "sent_once"],
                condition=~models.Q(device=""),
                name="a_device_sends_it_once",
            ),
        ]
        indexes = [
            models.Index(fields=["workshop", "state", "shown"], name="cards_of_a_wall"),
            models.Index(fields=["project", "state", "person"], name="cards_counted"),
            models.Index(fields=["project", "seq"], condition=models.Q(off_agenda=True), name="cards_off_the_agenda"),
            models.Index(fields=["project", "seq", "state", "language", "id"], name="cards_to_sort"),
            models.Index(fields=["project", "id", "state"], name="cards_as_they_came"),
        ]

    def __str__(self) -> str:
        return self.mark

    @property
    def in_words(self) -> str:
        """Its words; where it has none what its picture shows, or what kind of thing it is: a list can be read aloud."""
        if self.words:
            return self.words
        if not self.picture:
            return f"({self.get_given_by_display()})"
        picture = starter().card(self.picture)
        return gettext("(a picture: %(alt)s)") % {"alt": gettext(picture.alt)} if picture else gettext("(a picture)")


class Use(models.TextChoices):
    """Where somebody's words may stand as words. Unasked, nowhere: then a summary stands there."""

    PUBLIC = "public", _("On the project's public page")
    TRAINING = "training", _("When staff are trained")
    REPORT = "report", _("In a report")


class UseSaid(models.Model):
    """
    A yes or a no of one of those whose card it is, for one use. No row: not said. The card's yes stands while one of them says yes and
    nobody says no. `since` is the last day on which it changed, for saying what cannot be called back.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="uses")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="uses_said")
    use = models.CharField(max_length=8, choices=Use.choices)
    yes = models.BooleanField()
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "uses said"
        constraints = [models.UniqueConstraint(fields=["contribution", "person", "use"], name="a_use_said_once")]
        indexes = [models.Index(fields=["contribution", "use", "yes"], name="uses_of_a_card")]

    def __str__(self) -> str:
        return f"{self.use}: {'yes' if self.yes else 'no'}"


class ParkedSubject(models.Model):
    """A subject set aside so that it comes back: with an owner who said yes, and a day. It is a contribution too."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="parked")
    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="parked")
    when = models.CharField(
        max_length=12,
        blank=True,
        choices=[("now", _("now")), ("later today", _("later today")), ("another day", _("another day"))],
    )
    instead = models.BooleanField(default=False, help_text="Asked to be talked about instead of what is on now")
    owner = models.CharField(max_length=120, blank=True)
    owner_agreed = models.BooleanField(default=False)
    return_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.contribution.mark


class Running(models.Model):
    """Where a workshop stands now. Not in the record until it is finished: what block, since when, left for where the talk went."""

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="running")
    block = models.ForeignKey(Block, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    block_since = models.DateTimeField(null=True, blank=True)
    extra_minutes = models.PositiveIntegerField(default=0)
    scrapped_at = models.DateTimeField(null=True, blank=True)
    went_to = models.CharField(max_length=300, blank=True)
    break_asked = models.BooleanField(default=False, help_text="One ask looks the same as ten")
    on_duty = models.CharField(max_length=200, blank=True, help_text="Who can be talked to now, and how they are known")

    def __str__(self) -> str:
        return f"{self.workshop} now"


class Afterwards(models.Model):
    """What the team noted of a workshop when it was over. Everything may be left: what is not there is not known."""

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="afterwards")
    version = models.PositiveIntegerField(default=1)
    wandering = models.CharField(
        max_length=12,
        blank=True,
        choices=[
            ("none", _("It did not.")),
            ("followed", _("We followed it.")),
            ("brought back", _("It was brought back to the plan.")),
        ],
    )
    incidents = models.TextField(blank=True, help_text="What went wrong in the room, one a line; nobody is named")
    minutes = models.JSONField(default=dict, help_text="Kind of part -> minutes that it really took")
    speaking_lived = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Of a hundred minutes of talk, where the group chose to count"
    )
    pulse = models.JSONField(default=dict, help_text="Private cards: {asked, could_say, felt_decided, know_next}")

    def __str__(self) -> str:
        return f"{self.workshop}, afterwards"


class Duty(models.Model):
    """When somebody reads what comes in outside a workshop, and how they are known."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="duties")
    who = models.CharField(max_length=200)
    begins = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        verbose_name_plural = "duties"
        ordering = ["begins", "pk"]
        constraints = [models.CheckConstraint(condition=models.Q(ends__gt=models.F("begins")), name="duty_ends_later")]

    def __str__(self) -> str:
        return self.who


class Call(models.Model):
    """
    Somebody asked to talk. Says nothing of who; stands for a minute in a workshop, for an hour elsewhere, and is then deleted. Never in
    the record, never queued.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="calls")
    workshop = models.ForeignKey(Workshop, null=True, on_delete=models.CASCADE, related_name="calls")
    sealed = models.TextField(help_text="Where to find them, as they said it")
    at = models.DateTimeField()
    until = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"call at {self.at:%H:%M}"


class Learned(models.Model):
    """Something we did not expect to learn."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="learned")
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.words[:40]


class Rating(models.Model):
    """One person's rating of one contribution: -1, 0 or 1. No entry for each; a digest when the vote closes."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="ratings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ratings")
    value = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "person"], name="rates_once"),
            models.CheckConstraint(condition=models.Q(value__gte=-1, value__lte=1), name="rating_of_three"),
        ]

    def __str__(self) -> str:
        return str(self.value)
