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
