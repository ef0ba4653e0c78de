"""What a program makes of the cards: suggestions, and never more. Loaded by models.py, where Django looks."""

from django.db import models

from withus.live.models import Contribution
from withus.projects.models import Project


class Vector(models.Model):
    """A card's words as a row of numbers. Goes with the words."""

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="vector")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="vectors")
    kind = models.CharField(max_length=8, blank=True, help_text="By what it was made; empty for nothing to go by")
    row = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.kind} of {self.contribution_id}"


class Grouping(models.Model):
    """
    A tree of cells that a program made. A project has the one that is shown, and perhaps one that was asked for and is offered; what
    people placed is in neither.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="groupings")
    offered = models.BooleanField(default=False)
    anew = models.BooleanField(default=False, help_text="From nothing, not moved on from the one before")
    tree = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "offered"], name="one_shown_and_one_offered")]

    def __str__(self) -> str:
        return f"groups of {self.made_at:%d.%m.%Y}"


class Laid(models.Model):
    """Beside which cell a program laid a card. It never moves; a person may take another grouping instead."""

    grouping = models.ForeignKey(Grouping, on_delete=models.CASCADE, related_name="laid")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="laid")
    cell = models.IntegerField(help_text="-1: near to none")
    near = models.FloatField(default=0, help_text="How near to the middle of its cell, up to 1")

    class Meta:
        verbose_name_plural = "laid"
        constraints = [models.UniqueConstraint(fields=["grouping", "contribution"], name="laid_once_in_a_grouping")]
        indexes = [models.Index("grouping", "cell", models.F("near").desc(), "contribution", name="laid_by_nearness")]

    def __str__(self) -> str:
        return f"{self.contribution_id} beside {self.cell}"
