from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from withus.people.models import Person
from withus.projects.models import Project


class Level(models.TextChoices):
    STOP = "stop", _("stop")
    WARN = "warn", _("look at this")
    NOTICE = "notice", _("notice")
    PRAISE = "praise", _("well done")


class Found(models.Model):
    """A finding as last judged. Rows that no longer stand are deleted; what people answered to them stays in Answered."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="found")
    rule = models.CharField(max_length=8)
    name = models.CharField(max_length=80)
    trap = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=8, choices=Level.choices)
    where = models.CharField(max_length=120)
    sentence = models.TextField()
    evidence = models.JSONField(default=dict)
    way_out = models.JSONField(default=list)
    found_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "rule", "where"], name="found_once_in_a_place")]
        ordering = ["trap", "rule", "where"]

    def __str__(self) -> str:
        return f"{self.rule} at {self.where}"


class NotKnown(models.Model):
    """What a rule could not tell, and for want of which fact."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="not_known")
    rule = models.CharField(max_length=8)
    trap = models.PositiveSmallIntegerField()
    missing = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.rule} cannot tell"


class Answered(models.Model):
    """A finding explained (a reason) or owned ("we got this wrong"), by a named person, shown to participants beside it."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="answered_findings")
    rule = models.CharField(max_length=8)
    where = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=[("explained", _("explained")), ("owned", _("we got this wrong"))])
    because = models.TextField(help_text="The reason, or what we did")
    cost = models.TextField(blank=True, help_text="What it cost people")
    now_we = models.TextField(blank=True, help_text="What we do now")
    level = models.CharField(max_length=8, choices=Level.choices, blank=True, help_text="Of the finding, when answered")
    evidence = models.JSONField(default=dict, help_text="Of the finding, when answered: a reason is for these figures")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind}: {self.rule}"


class Asked(models.Model):
    """What a way out needs of somebody else, put to them: a decision maker or a co-lead. `uid` comes with the form, so it is sent once."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="asked_about_findings")
    rule = models.CharField(max_length=8)
    where = models.CharField(max_length=120)
    words = models.TextField()
    to_staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    to_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_staff=None) ^ models.Q(to_person=None), name="asked_of_one_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"question about {self.rule}"


class Judged(models.Model):
    """When the project was last judged, its computed label and what each part reads."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="judged")
    label = models.CharField(max_length=20)
    because = models.TextField()
    labels = models.JSONField(
        default=dict, help_text="decision uid -> {label, because}; `visitor` -> the reader's own part"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.label
