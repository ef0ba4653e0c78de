from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """Owns projects. Several live in one installation, and nothing but a staff account crosses from one to another."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    key = models.SlugField(max_length=60, unique=True)
    telephone = models.CharField(max_length=40, blank=True)
    lasting_address = models.URLField(
        max_length=200, blank=True, help_text="Where people find WithUs after the workshop"
    )

    def __str__(self) -> str:
        return self.name


class ProjectState(models.TextChoices):
    PLANNED = "planned", _("planned")
    RUNNING = "running", _("running")
    RESTING = "resting", _("resting")
    CLOSED = "closed", _("closed")


class Project(models.Model):
    """One piece of work with people. `key` is unique in its organisation, `address` in the whole installation."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="projects")
    key = models.SlugField(max_length=60)
    address = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=ProjectState.choices, default=ProjectState.PLANNED)
    zone = models.CharField(max_length=60, default="Europe/London")
    language = models.CharField(max_length=20, default="en")
    is_example = models.BooleanField(default=False)
    attribution = models.TextField(
        blank=True, help_text="Whose words these are and under which licence, where they were imported"
    )
    suggests = models.BooleanField(default=False, help_text="A program may lay cards beside each other, for the team")
    stream_number = models.PositiveIntegerField(default=1, help_text="Raised to drop every open stream of the project")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="project_key_once_in_an_organisation"),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False) | ~models.Q(state="closed"),
                name="closed_project_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Publicity(models.Model):
    """
    What of a project goes out by itself: nothing until the team says so. A page that is hidden says since when, and its counters stay:
    there is no field that turns them off.
    """

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="publicity")
    feeds = models.BooleanField(default=False, help_text="News (Atom) and data (JSON)")
    badge = models.BooleanField(default=False, help_text="A small picture for other sites")
    hidden_since = models.DateTimeField(null=True, blank=True)
    hidden_because = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "publicities"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hidden_since__isnull=True) | ~models.Q(hidden_because=""),
                name="hidden_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"publicity of {self.project}"


class Membership(models.Model):
    """A staff account in an organisation. An admin manages accounts and reads no contributions."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    admin = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "staff"], name="member_of_an_organisation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.staff} in {self.organisation}"


class Part(models.TextChoices):
    FACILITATOR = "facilitator", _("facilitator")
    CO_LEAD = "co-lead", _("co-lead")
    DECISION_MAKER = "decision maker", _("decision maker")
    SAFEGUARDING = "safeguarding", _("safe person")


class Team(models.Model):
    """Only a row here opens a project to a staff account."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="team")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="team_places")
    part = models.CharField(max_length=20, choices=Part.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "staff", "part"], name="a_part_in_a_project_once"),
        ]

    def __str__(self) -> str:
        return f"{self.staff}: {self.part} of {self.project}"
