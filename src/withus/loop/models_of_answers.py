"""What people say of where their words were put, and what else belongs to an answer. Loaded by models.py, where Django looks."""

from django.db import models

from withus.live.models import Contribution
from withus.loop.models import Theme
from withus.people.models import Person


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
