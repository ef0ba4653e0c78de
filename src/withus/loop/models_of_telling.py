"""What was tried to reach somebody and did not. Loaded by models.py, where Django looks."""

from django.conf import settings
from django.db import models

from withus.people.models import Person


class Try(models.Model):
    """
    One try to tell somebody that did not reach them: a letter that came back, a telephone that nobody answered. `by` is empty where a mail
    server or provider said so. `over`: they were heard from since, or gave another way.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tries")
    way = models.CharField(max_length=8)
    at = models.DateTimeField()
    because = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    once = models.CharField(max_length=120, unique=True, help_text="The same try counts once")
    over = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "tries"

    def __str__(self) -> str:
        return f"by {self.way}"


class SlipEntered(models.Model):
    """
    What of a slip was entered last, as a keyed digest: of the same paper a second time nothing is entered, whatever its person has said
    on their own page. It tells neither who nor what.
    """

    telling = models.ForeignKey("loop.Telling", on_delete=models.CASCADE, related_name="slips")
    still_so = models.BooleanField(default=False, help_text="The other question of a slip: is it still so?")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "slips entered"
        constraints = [models.UniqueConstraint(fields=["telling", "still_so"], name="one_slip_of_a_telling")]

    def __str__(self) -> str:
        return f"slip of {self.telling_id}"
