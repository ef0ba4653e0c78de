"""What people say of where their words were put, and what else belongs to an answer. Loaded by models.py, where Django looks."""

from django.conf import settings
from django.db import models

from withus.live.models import Contribution
from withus.loop.models import Answer, AnswerVersion, Theme
from withus.people.models import Person
from withus.projects.models import Project


class Fit(models.Model):
    """
    What one of a card's authors says of the theme that the team put it with: that is right, or not what I meant. Not what was meant is out
    of that theme, and stays out until its author says otherwise.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="fits")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="fits")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="fits")
    right = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "theme"], name="a_fit_said_once")]
        indexes = [models.Index(fields=["theme", "right"], name="not_meant_in_a_theme")]

    def __str__(self) -> str:
        return f"{'right' if self.right else 'not meant'}: {self.contribution_id} in {self.theme_id}"


class MayName(models.Model):
    """
    A worker's or a co-lead's own yes: my name may stand under our answers in this project. Taken back, the row goes, and the name with it;
    shown only while they are on the team.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="may_name")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="may_name"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="may_name")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "staff"], name="a_worker_says_yes_once"),
            models.UniqueConstraint(fields=["project", "person"], name="a_co_lead_says_yes_once"),
            models.CheckConstraint(
                condition=models.Q(staff__isnull=False, person__isnull=True)
                | models.Q(staff__isnull=True, person__isnull=False),
                name="one_who_may_be_named",
            ),
        ]

    def __str__(self) -> str:
        return f"may name {self.staff_id or self.person_id}"


class StillSo(models.Model):
    """Four weeks after a promise was kept, those who were told are asked once: is it still so? `so` is None while they have not said."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="still_so")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="still_so")
    kept_on = models.DateField()
    asked_at = models.DateTimeField()
    so = models.BooleanField(null=True, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    by_slip = models.BooleanField(default=False, help_text="Ticked on paper that somebody of the team entered")

    class Meta:
        verbose_name_plural = "still so"
        constraints = [models.UniqueConstraint(fields=["answer", "person"], name="asked_once_if_still_so")]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.so}"


class AnswerWording(models.Model):
    """The words of one version of an answer in another language, or in Easy Read. Whose words: a person's, with a name in the record."""

    version = models.ForeignKey(AnswerVersion, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(max_length=20)
    easy = models.BooleanField(default=False, help_text="Easy Read")
    we_heard = models.TextField()
    we_do = models.TextField()
    because = models.TextField()
    meanwhile = models.TextField(blank=True)
    of = models.CharField(max_length=64, default="", help_text="Digest of the original's words that it says in others")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-easy", "language"]
        constraints = [models.UniqueConstraint(fields=["version", "language", "easy"], name="a_wording_once")]

    def __str__(self) -> str:
        return f"{self.language}{', easy' if self.easy else ''}"


class LateBecause(models.Model):
    """Twelve weeks after the last input there is an answer, or this: why there is none yet. The newest counts; all stay."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="late_because")
    because = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "late because"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.because[:40]
