from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from withus.charter.models import Decision
from withus.live.models import Contribution, Learned
from withus.people.models import Person, WayKind
from withus.projects.models import Project


class Theme(models.Model):
    """Contributions that people put together."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="themes")
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="merged",
        help_text="Undone by putting it back",
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ActKind(models.TextChoices):
    MADE = "made", _("made a theme")
    RENAMED = "renamed", _("renamed a theme")
    PUT = "put", _("put cards into a theme")
    MOVED = "moved", _("moved cards")
    TAKEN_OUT = "taken out", _("took cards out")
    MERGED = "merged", _("merged themes")
    SPLIT = "split", _("split a theme")
    REMOVED = "removed", _("removed a theme")
    PUT_BACK = "put back", _("put a theme back")
    SET_APART = "set apart", _("set cards apart")
    BROUGHT_BACK = "brought back", _("brought cards back")
    UNDONE = "undone", _("took an act back")


class Act(models.Model):
    """
    One act at the workbench: its story is told from it, and it can be undone. What it put is in `placements`, what it took in `taken`.

    `changed` holds what it changed of themes, before and after: {"themes": {uid: {"name": [before, after]}}}; or the cards set apart.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(max_length=12, choices=ActKind.choices)
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.CASCADE, related_name="acts")
    other = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.CASCADE, related_name="acts_beside")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="acts")
    at = models.DateTimeField()
    cards = models.PositiveIntegerField(default=0)
    changed = models.JSONField(default=dict, blank=True)
    undoes = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class Placement(models.Model):
    """
    A contribution in a theme, and who put it there: the team or a person at the sorting table. Several themes are allowed. Light to write,
    for a press moves a thousand: no index twice, and no look-up of where to and from, by whom and by which act, the same of all of them.
    """

    theme = models.ForeignKey(
        Theme, on_delete=models.CASCADE, related_name="placements", db_constraint=False, db_index=False
    )
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="placements", db_index=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    by_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_constraint=False, db_index=False
    )
    at = models.DateTimeField()
    came_from = models.ForeignKey(
        Theme,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The theme it lay in before",
        db_constraint=False,
        db_index=False,
    )
    act = models.ForeignKey(
        Act, null=True, blank=True, on_delete=models.SET_NULL, related_name="placements", db_constraint=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "contribution"], name="in_a_theme_once")]
        indexes = [models.Index(fields=["contribution", "theme"], name="themes_of_a_card")]

    def __str__(self) -> str:
        return f"{self.contribution_id} in {self.theme_id}"


class Taken(models.Model):
    """A placement that was taken out, as it was, and by which act: undoing puts it back the same. As light to write."""

    theme = models.ForeignKey(
        Theme, on_delete=models.CASCADE, related_name="taken", db_constraint=False, db_index=False
    )
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    by_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_constraint=False, db_index=False
    )
    at = models.DateTimeField()
    came_from = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_constraint=False, db_index=False
    )
    put_by = models.ForeignKey(
        Act, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_constraint=False, db_index=False
    )
    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="taken", db_constraint=False)
    restored_by = models.ForeignKey(
        Act, null=True, blank=True, on_delete=models.SET_NULL, related_name="restored", db_constraint=False
    )

    class Meta:
        verbose_name_plural = "taken"

    def __str__(self) -> str:
        return f"{self.contribution_id} out of {self.theme_id}"


class Read(models.Model):
    """Somebody of the team has read this card: pressed so, or handled it by itself. Being shown on a page is not reading."""

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="read")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.contribution_id} read"


class Sorter(models.Model):
    """A participant who was asked to the sorting table: themes are made with people, not only for them."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="sorter")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id} sorts"


class Suggestion(models.Model):
    """
    From somebody at the sorting table: another name for a theme, in their words; or `into`, the theme that it belongs together with. The
    team takes it or leaves it.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="suggestions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="suggestions")
    words = models.CharField(max_length=200, blank=True)
    into = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.CASCADE, related_name="suggested_into")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    used = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(into=None) & ~models.Q(words="")) | models.Q(into__isnull=False, words=""),
                name="a_name_or_another_theme",
            )
        ]

    def __str__(self) -> str:
        return self.words or f"{self.theme_id} into {self.into_id}"


class Outcome(models.TextChoices):
    DONE = "done", _("Done")
    DOING = "doing", _("Doing it")
    PARTLY = "partly", _("Partly")
    NOT_DOING = "not doing", _("Not doing it")


class Answer(models.Model):
    """What became of a theme, of one contribution or of something that nobody expected to learn. Its texts are versions."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="answers")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.CASCADE, related_name="answers")
    contribution = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.CASCADE, related_name="answers"
    )
    learned = models.ForeignKey(Learned, null=True, blank=True, on_delete=models.CASCADE, related_name="answers")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, help_text="Of the draft: goes up each time that somebody writes")
    not_theirs = models.JSONField(
        default=list, blank=True, help_text="Keys of stretches of which the team said that everybody says them so"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(theme__isnull=False, contribution__isnull=True, learned__isnull=True)
                | models.Q(theme__isnull=True, contribution__isnull=False, learned__isnull=True)
                | models.Q(theme__isnull=True, contribution__isnull=True, learned__isnull=False),
                name="answers_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class AnswerVersion(models.Model):
    """One wording of an answer. A draft may be edited; once published it never is."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    we_heard = models.TextField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    we_do = models.TextField(help_text="What we did, will do or cannot do")
    because = models.TextField()
    body = models.CharField(max_length=200, help_text="Which body says so, and owes the promise")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_by = models.CharField(
        max_length=120, blank=True, help_text="Who had the power to, as the charter named them"
    )
    waits_for = models.CharField(max_length=200, blank=True, help_text="Somebody outside, without whom it cannot go on")
    meanwhile = models.TextField(blank=True, help_text="What we do until then")
    named = models.ForeignKey("MayName", null=True, blank=True, on_delete=models.SET_NULL, related_name="versions")
    promised_on = models.DateField(null=True, blank=True)
    kept_on = models.DateField(null=True, blank=True)
    redated_because = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["answer", "number"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="a_version_once"),
            models.CheckConstraint(condition=~models.Q(because=""), name="always_with_because"),
            models.CheckConstraint(
                condition=models.Q(waits_for="") | ~models.Q(meanwhile=""), name="waiting_says_what_meanwhile"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}, version {self.number}"


class Due(models.Model):
    """An answer owed to one contribution, with its day. Met by the first published answer that reaches it."""

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="due")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="dues", db_index=False)
    on = models.DateField()
    met_by = models.ForeignKey(Answer, null=True, blank=True, on_delete=models.SET_NULL, related_name="meets")
    met_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    acknowledgement_only = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["project", "met_at"], name="open_dues_of_a_project"),
            models.Index(fields=["project", "acknowledgement_only", "met_at"], name="dues_counted"),
            models.Index(
                fields=["project"], condition=models.Q(met_at=None, reopened_at__isnull=False), name="dues_open_again"
            ),
        ]

    def __str__(self) -> str:
        return f"due {self.on}"


class Told(models.TextChoices):
    HELD = "held", _("waits for its day")
    WAITING = "waiting", _("waits at their words")
    QUEUED = "queued", _("on its way")
    SENT = "sent", _("sent")
    PRINTED = "printed", _("letter posted")
    FAILED = "failed", _("did not arrive")
    UNREACHABLE = "unreachable", _("could not be reached")


TO_DO = {
    WayKind.PHONE: _("to be rung: they chose the telephone"),
    WayKind.POST: _("a letter to print: they chose post"),
}
REACHED = (Told.SENT, Told.PRINTED)
NOTHING_LEFT_TO_TRY = (*REACHED, Told.UNREACHABLE)
HAS_IT = models.Q(state__in=REACHED) | models.Q(read_at__isnull=False)
"""Of a telling: they were told, or have read it on their own page. For counts only: a list of names would say who has pressed."""

TALK = models.Q(state=Told.SENT, told_at__isnull=False) & ~models.Q(because="")
"""Of a telling: somebody of the team told them themselves, and wrote down how."""


class Telling(models.Model):
    """
    An answer's version delivered to one person by one way. `state` is what the team did and knows of; `read_at` when the person pressed on
    their own page, and no list of the team changes by it: whoever dropped off one would be known to have answered.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tellings", db_index=False)
    version = models.ForeignKey(AnswerVersion, on_delete=models.CASCADE, related_name="tellings")
    way = models.CharField(max_length=8)
    state = models.CharField(max_length=12, choices=Told.choices)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    let_go_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was let go to letter or mail: one round in a fortnight"
    )
    because = models.CharField(max_length=300, blank=True, help_text="Why somebody could not be reached")
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "version", "way"], name="told_once_by_a_way")]

    def __str__(self) -> str:
        return f"{self.way}: {self.state}"

    @property
    def for_the_team(self) -> str:
        """As a staff page says it: what waits for somebody of the team says so."""
        if self.state == Told.WAITING and self.way in TO_DO:
            return str(TO_DO[WayKind(self.way)])
        return gettext("told") if self.state == Told.SENT else str(Told(self.state).label)


class Says(models.TextChoices):
    KNOWS = "i know now", _("I know now")
    DISAGREES = "i know, and i do not agree", _("I know, and I do not agree")
    PARTLY = "only partly", _("Only partly")
    NO = "no", _("No")
    STOP = "stop writing to me", _("Stop writing to me")
    ENDED = "we do not agree", _("We do not agree")


HEARD = (Says.KNOWS, Says.DISAGREES, Says.ENDED)
FIVE = [(str(value), label) for value, label in Says.choices if value != Says.ENDED]
"""The five that everybody is asked."""
SIXTH = (str(Says.ENDED), _("We do not agree, and leave it at that"))
"""On paper, after the second round only."""
STILL_SO = [("still so", _("Yes, it is still so")), ("not so", _("No, it is not so any more"))]
"""On the slip of a promise that was kept."""


class Confirmation(models.Model):
    """What the person says of it themselves. The last one counts; silence is its own state and never a row."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="confirmations")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="confirmations")
    says = models.CharField(max_length=30, choices=Says.choices)
    because = models.TextField(blank=True)
    beside_the_answer = models.BooleanField(
        default=False, help_text="The person wants their words shown beside the answer"
    )
    at = models.DateTimeField()
    by_slip = models.BooleanField(default=False, help_text="Ticked by the person on a slip of paper that came back")

    def __str__(self) -> str:
        return self.says
