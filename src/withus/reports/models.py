from django.conf import settings
from django.db import models

from withus.projects.models import Project


class CalendarLink(models.Model):
    """
    Somebody's own address of a project's promises. Derived from the installation's key and this row, and stored nowhere readable; the next
    generation lets the one before die.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="calendar_links")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_links")
    generation = models.PositiveIntegerField(default=1)
    index = models.CharField(max_length=64, unique=True, help_text="Keyed digest of the link; empty is never one")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "staff"], name="one_calendar_each")]

    def __str__(self) -> str:
        return f"calendar {self.pk}"


class Report(models.Model):
    """What the team writes in its report: GRIPP2's five parts, and what it cost. The facts beside them come from the data."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="report")
    version = models.PositiveIntegerField(default=0)
    aim = models.TextField(blank=True)
    methods = models.TextField(blank=True)
    results = models.TextField(blank=True)
    discussion = models.TextField(blank=True)
    reflections = models.TextField(blank=True)
    cost = models.TextField(blank=True, help_text="As far as it is known, in words")
    written_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"report of {self.project}"
