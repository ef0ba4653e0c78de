from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from withus.charter.models import Decision
from withus.table.models import Workshop


class BlockKind(models.TextChoices):
    """The kinds of the project file."""

    WELCOME = "welcome", _("Welcome")
    VENTING = "venting", _("Open time")
    INFORMATION = "information", _("Information")
    DISCUSSION = "discussion", _("Talk")
    ACTIVITY = "activity", _("Make something")
    BREAK = "break", _("Break")
    REPORT_BACK = "report back", _("Report back")
    SLACK = "slack", _("Spare time")
    DECISION = "decision", _("Decide")
    PARKED_SUBJECTS = "parked subjects", _("Parked subjects")
    CLOSING = "closing", _("The end: when people hear back")


class Block(models.Model):
    """One stretch of a workshop. Start times are computed from the order; a pinned time is kept."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="blocks")
    order = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=16, choices=BlockKind.choices)
    title = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveIntegerField()
    pinned = models.TimeField(null=True, blank=True)
    prompt = models.CharField(max_length=300, blank=True, help_text="The question people answer on their phones")
    method = models.CharField(max_length=60, blank=True)
    making = models.JSONField(default=dict, help_text="What people do: {stimuli, leaves, requires, adaptations}")
    note = models.TextField(blank=True)
    about = models.ManyToManyField(Decision, blank=True, related_name="blocks")
    dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()
