"""What ends a project or moves it, and where answers hang. Loaded by models.py, where Django looks."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from withus.loop.models import Answer, Told
from withus.people.models import Person
from withus.people.sealed import unseal_text
from withus.projects.models import Organisation, Project


class Showing(models.Model):
    """Since when an answer hangs at the place that receipts name, for those who left no way to be reached."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="showings")
    place = models.CharField(max_length=200)
    since = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "place"], name="shown_at_a_place_once")]

    def __str__(self) -> str:
        return f"at {self.place} since {self.since:%d %B}"


class Turn(models.TextChoices):
    CLOSE = "close", _("Close the project")
    REST = "rest", _("Let it rest")
    HAND_OVER = "hand over", _("Hand it over")


class Turning(models.Model):
    """
    Closing, resting or handing over: it changes things for everybody, so two different people press. The first press waits for the
    second. `ended_at`: taken back, run out, woken, or moved; a closing ends as it happens.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="turnings")
    what = models.CharField(max_length=10, choices=Turn.choices)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_by_person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    turned_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    not_answered = models.CharField(max_length=300, blank=True, help_text="What will not be answered, in one sentence")
    keeper = models.CharField(max_length=200, blank=True, help_text="Who keeps people's words")
    days = models.PositiveSmallIntegerField(default=0, help_text="How long people have to take their words out")
    until = models.DateField(null=True, blank=True, help_text="Till when; for a hand-over the day from which it moves")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", help_text="Who takes it over"
    )
    to_sealed = models.TextField(blank=True, help_text="The address that is asked to take it, till they say yes")
    willing_at = models.DateTimeField(null=True, blank=True, help_text="When they said yes; before it no second key")
    to_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=models.Q(turned_at__isnull=True, ended_at__isnull=True),
                name="one_press_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.project}"

    @property
    def asked(self) -> str:
        """Which address was written to, as the team typed it. Whether it has an account stands nowhere."""
        return unseal_text(self.to_sealed) if self.to_sealed else ""

    @property
    def goes_to(self) -> str:
        """As people are told it: the body. Whoever takes it for them is named once they have said yes."""
        name = self.to_organisation.name if self.to_organisation else ""
        same = self.to_organisation_id == self.project.organisation_id
        return gettext("another team at %(name)s") % {"name": name} if same else name


class Notice(models.Model):
    """One person told of a resting or a hand-over, by one way."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    turning = models.ForeignKey(Turning, on_delete=models.CASCADE, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    way = models.CharField(max_length=8)
    state = models.CharField(max_length=12, choices=Told.choices)
    at = models.DateTimeField(help_text="Since when it stands on their own page")
    told_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(
        null=True, blank=True, help_text="Their own press; no list of the team changes by it"
    )
    because = models.CharField(max_length=300, blank=True, help_text="How they were told, or why nobody could")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["turning", "person"], name="one_notice_each")]

    def __str__(self) -> str:
        return f"{self.way}: {self.state}"


class Say(models.TextChoices):
    """What somebody is told by telephone or by letter where others get a mail: one sentence each."""

    KEY_WAITS = "key waits", _("Their key is asked for")
    KEY_TURNED = "key turned", _("Both keys are turned")
    STAYS = "stays", _("It was stopped")
    REOPENED = "reopened", _("It is open again")
    WAY_ASKED = "way asked", _("Another way was asked for")


class ByHand(models.Model):
    """
    One thing to tell one person who chose the telephone, post or a text message. `about`: the uid of what it is of; where that has become
    untrue nobody is told any more.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="by_hand")
    what = models.CharField(max_length=12, choices=Say.choices)
    about = models.CharField(max_length=64)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    reached = models.BooleanField(null=True, blank=True)
    because = models.CharField(max_length=300, blank=True, help_text="How they were told, or why nobody could")

    class Meta:
        verbose_name_plural = "to tell by hand"
        constraints = [models.UniqueConstraint(fields=["person", "what", "about"], name="told_by_hand_once")]

    def __str__(self) -> str:
        return f"{self.what}: {self.person_id}"
