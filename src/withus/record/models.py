from django.db import models

from withus.projects.models import Project


class Head(models.Model):
    """The end of a project's chain, and the lock that every writer of the project takes first."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="head")
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(null=True)
    writes = models.PositiveBigIntegerField(
        default=0,
        help_text="Goes up with each writing, also one that adds no entry: pages that were kept know they are old",
    )

    def __str__(self) -> str:
        return f"{self.project} at {self.seq}"


class Entry(models.Model):
    """One link of the chain: a commitment, nothing that could be read or guessed."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="entries")
    version = models.PositiveSmallIntegerField(default=1)
    seq = models.PositiveBigIntegerField()
    previous = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["project", "seq"]
        constraints = [models.UniqueConstraint(fields=["project", "seq"], name="one_entry_a_number")]

    def __str__(self) -> str:
        return f"entry {self.seq}"


class Opening(models.Model):
    """What an entry says. Erased with the person it speaks of; the chain still verifies without it."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="opening")
    salt = models.CharField(max_length=64)
    kind = models.CharField(max_length=60, db_index=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    about = models.CharField(max_length=60, db_index=True)
    facts = models.JSONField(default=dict)
    words_digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.kind
