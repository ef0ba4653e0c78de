"""What a program makes of cards and votes: suggestions, and never more. Loaded with models.py, where Django looks."""

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


class OpinionGroups(models.Model):
    """
    Groups of people who vote alike, while a group has asked for them. `found` holds counts and cards, never who is in which group; None
    until they were worked out, or where there is nothing to find.
    """

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="opinion_groups")
    asked_by = models.CharField(max_length=200, help_text="Which group asked, and when")
    on = models.BooleanField(default=True)
    looking = models.BooleanField(default=False)
    looked_at = models.DateTimeField(null=True, blank=True)
    people = models.PositiveIntegerField(default=0, help_text="Who had voted on enough cards")
    upto = models.BigIntegerField(default=0, help_text="The last vote that was counted")
    down_since = models.DateTimeField(null=True, blank=True, help_text="Were shown, and too few people were left")
    found = models.JSONField(null=True, blank=True)
    shown = models.BooleanField(default=False, help_text="To everybody, not to the team only")

    class Meta:
        verbose_name_plural = "opinion groups"

    def __str__(self) -> str:
        return f"opinion groups of {self.project_id}"
