from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from withus.people.models import Person
from withus.projects.models import Project


class WorkshopState(models.TextChoices):
    PLANNED = "planned", _("planned")
    OPEN = "open", _("open now")
    ENDED = "ended", _("ended")


class Workshop(models.Model):
    """
    When and where people meet: what an invitation says. Its blocks are in plan, what happens in it in live.

    Local date, wall-clock times and zone, as people read them on a clock. `room_code` is what the room's QR carries; it works while the
    workshop is open and is renewed by one press. `shown` numbers what phones may see.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="workshops")
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=200)
    on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    zone = models.CharField(max_length=60)
    place = models.CharField(max_length=200, blank=True)
    format = models.CharField(
        max_length=10,
        choices=[("in person", _("in person")), ("online", _("online")), ("hybrid", _("both"))],
        default="in person",
    )
    state = models.CharField(max_length=8, choices=WorkshopState.choices, default=WorkshopState.PLANNED)
    room_code = models.CharField(max_length=12, unique=True)
    shown = models.PositiveBigIntegerField(default=0)
    look_first = models.BooleanField(default=True, help_text="A person looks before a card goes on the wall")
    decision_rule = models.CharField(max_length=60, blank=True)
    papers_sent_on = models.DateField(null=True, blank=True)
    papers_pages = models.PositiveIntegerField(null=True, blank=True)
    pre_meeting = models.BooleanField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on", "starts", "pk"]

    def __str__(self) -> str:
        return self.title


class Role(models.TextChoices):
    MEMBER = "member", _("takes part because of what they lived")
    CARER = "carer", _("carer or family")
    NEIGHBOUR = "neighbour", _("neighbour or public")
    WORKER = "worker", _("frontline worker")
    MANAGER = "manager", _("manager or professional")
    DECIDER = "decider", _("decision maker")


class Lived(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_SAYING = "not saying", _("I would rather not say")


class Place(models.Model):
    """A person at the project's table: role, group, declared power. `lived` is empty until that person says it; nobody else fills it in."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="place")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.MEMBER)
    group = models.CharField(max_length=120, blank=True)
    power = models.CharField(max_length=200, blank=True, help_text="Declared power: over which decision")
    lived = models.CharField(max_length=10, choices=Lived.choices, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.role}"


class Seat(models.Model):
    """A person at one workshop: whether they vote, chair, came."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seats")
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="seats")
    vote = models.BooleanField(null=True, blank=True)
    chair = models.BooleanField(default=False)
    invited_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(
        max_length=8, blank=True, choices=[("yes", _("comes")), ("no", _("can't come")), ("maybe", _("maybe"))]
    )
    came = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "workshop"], name="one_seat_a_workshop")]

    def __str__(self) -> str:
        return f"seat of {self.person_id}"
