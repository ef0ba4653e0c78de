from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from withus.people.models import Person
from withus.projects.models import Project


class Emotive(models.TextChoices):
    LOW = "low", _("hardly")
    MEDIUM = "medium", _("somewhat")
    HIGH = "high", _("very")


class Charter(models.Model):
    """What the project is for, and what people can and cannot change. Freezes when the first invitation goes."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="charter")
    version = models.PositiveIntegerField(default=1)
    purpose = models.TextField(blank=True)
    emotive = models.CharField(max_length=8, choices=Emotive.choices, blank=True)
    groups = models.JSONField(default=list, help_text="Whom the service is for")
    ages = models.CharField(
        max_length=12, blank=True, choices=[("adults", _("18 and over")), ("under 18", _("under 18 too"))]
    )
    setting = models.CharField(max_length=60, blank=True)
    safe_person = models.CharField(max_length=120, blank=True)
    safe_person_how = models.CharField(max_length=200, blank=True, help_text="How to reach the safe person")
    support_lines = models.TextField(blank=True, help_text="Numbers the group has chosen, one a line")
    hear_back_on = models.DateField(null=True, blank=True)
    hear_back_how = models.CharField(max_length=200, blank=True)
    shown_where = models.CharField(
        max_length=200, blank=True, help_text="Where answers also hang, for those who leave no way to be reached"
    )
    input_closes = models.DateField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    delivery_shared = models.BooleanField(null=True, blank=True, help_text="People share in running it afterwards")
    review_shared = models.BooleanField(null=True, blank=True, help_text="People share in looking at how it went")

    def __str__(self) -> str:
        return f"charter of {self.project}"


class Openness(models.TextChoices):
    OPEN = "open", _("Open")
    WITHIN_LIMITS = "within limits", _("Open, with a limit")
    SETTLED = "settled", _("Already decided")


class WhoDecides(models.TextChoices):
    ALONE = "decider alone", _("the decider alone")
    ASKS = "decider asks", _("the decider, after asking people")
    TOGETHER = "together", _("the decider and the group together")
    GROUP = "group", _("the group")


class Decision(models.Model):
    """One thing to be decided, and how open it is: what people are told, and what in fact happened."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="decisions")
    order = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    what = models.CharField(max_length=200)
    openness = models.CharField(max_length=14, choices=Openness.choices)
    options = models.JSONField(default=list, help_text="Options still alive, as text")
    limit = models.CharField(max_length=300, blank=True)
    limit_because = models.CharField(max_length=300, blank=True)
    decider = models.CharField(max_length=120, blank=True)
    who_decides = models.CharField(max_length=16, choices=WhoDecides.choices, blank=True)
    decide_by = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    settled_because = models.CharField(max_length=300, blank=True)
    people_were_asked = models.BooleanField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True, help_text="Where the day it was decided can be looked up")
    acts = models.JSONField(default=list, help_text="What closed options: [{on, what, closes: [option or all]}]")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(openness="settled") | models.Q(settled_on__isnull=False), name="settled_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Signature(models.Model):
    """A co-lead's name under the charter. May be taken back without a reason; the label falls with it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="signatures")
    signed_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "person"], condition=models.Q(taken_back_at__isnull=True), name="signs_once"
            ),
        ]

    def __str__(self) -> str:
        return f"signature of {self.person_id}"


class Change(models.Model):
    """A change to a frozen charter. One that narrows what people may change needs a reason and is told to everybody invited."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="charter_changes")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    narrows = models.BooleanField(default=False)
    because = models.TextField(blank=True)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    reconsidered = models.BooleanField(null=True, blank=True, help_text="What people had given was weighed again")

    def __str__(self) -> str:
        return f"{self.field}: {self.before} -> {self.after}"
