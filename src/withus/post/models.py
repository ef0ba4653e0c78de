from uuid import uuid4

from django.db import models


class LetterState(models.TextChoices):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    PERHAPS_TWICE = "perhaps twice"
    FAILED = "failed"
    DROPPED = "dropped"
    """Nothing was left to say, or nobody to say it to, when its turn came."""
    GIVEN_UP = "given up"
    """It had failed, and somebody of the team chose another way."""


AT_MOST = "So many days at most lie between its being asked for and its time; none: its day stands by itself"
WAITING = (LetterState.QUEUED, LetterState.SENDING)


class Outgoing(models.Model):
    """
    Something to send, written in the same transaction as the fact that needs it. Holds kind and references, never words, names or links:
    it is rendered when it is sent. `sending` is committed before the hand-over, and the Message-ID comes from `uid`.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    way = models.CharField(max_length=8)
    reference = models.JSONField(default=dict)
    belongs_to = models.UUIDField(null=True, blank=True, help_text="Whose team sees it when it does not go out")
    once = models.CharField(max_length=120, help_text="The same thing is queued once")
    state = models.CharField(max_length=16, choices=LetterState.choices, default=LetterState.QUEUED)
    tries = models.PositiveIntegerField(default=0)
    run_at = models.DateTimeField()
    days = models.PositiveSmallIntegerField(null=True, default=0, help_text=AT_MOST)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    provider_id = models.CharField(max_length=120, blank=True, help_text="What the provider calls it")
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "outgoing"
        constraints = [models.UniqueConstraint(fields=["once"], name="queued_once")]
        indexes = [
            models.Index(fields=["run_at", "id"], condition=models.Q(state__in=WAITING), name="letters_that_wait"),
            models.Index(fields=["belongs_to", "state"], name="letters_of_a_project"),
            models.Index(fields=["provider_id"], condition=~models.Q(provider_id=""), name="letters_by_provider"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.way}: {self.state}"


class Delivered(models.Model):
    """The embedded mailbox: what a server without SMTP has sent. Unique on Message-ID, so there it is once."""

    message_id = models.CharField(max_length=200, unique=True)
    to = models.TextField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "delivered"

    def __str__(self) -> str:
        return self.subject


class Job(models.Model):
    """Background work, written with the fact that needs it. `once` folds equal jobs that wait into one."""

    kind = models.CharField(max_length=60)
    reference = models.JSONField(default=dict)
    once = models.CharField(max_length=120, unique=True)
    run_at = models.DateTimeField(db_index=True)
    days = models.PositiveSmallIntegerField(null=True, default=0, help_text=AT_MOST)
    leased_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(
        default=1, help_text="How often; one that was asked for while it ran runs again"
    )
    trouble = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.kind
