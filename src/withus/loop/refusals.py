"""How the loop kindly says no."""

from django.utils.translation import gettext_lazy as _

from withus.loop.models import AnswerVersion, Due
from withus.people.models import Person
from withus.projects.refused import Refused


class ThemeNeedsAName(Refused):
    sentence = _("Give the theme a name in people's own words.")


class ThemeGone(Refused):
    sentence = _("Somebody removed or merged this theme just now. Choose another one.")


class RenamedMeanwhile(Refused):
    """`name` is what somebody else called it while this one was typing; `version` goes with it."""

    sentence = _("Somebody else gave this theme another name just now. Read it, then choose.")

    def __init__(self, name: str, version: int) -> None:
        super().__init__()
        self.name = name
        self.version = version


class UndoneAlready(Refused):
    sentence = _("This was taken back already.")


class ChangedSince(Refused):
    sentence = _("This was changed again later. Take back the later change first.")


class TooManyAtOnce(Refused):
    sentence = _("That is more than 200 steps. Choose a later one, then go on from there.")


class StaysForItsAnswer(Refused):
    sentence = _("People were told an answer to this theme, so it stays.")


class TickSomeCards(Refused):
    sentence = _("Tick the cards first.")


class NotSorting(Refused):
    sentence = _("You are not asked to sort cards any more.")


class NotYourAct(Refused):
    sentence = _("Somebody else did this. Only they or the team can take it back.")


class MergeIntoAnother(Refused):
    sentence = _("Choose another theme of this project to merge it into.")


class AnsweredAlready(Refused):
    sentence = _("This theme has an answer that people were told. Merge the other one into this one.")


class SplitSome(Refused):
    sentence = _("Tick the cards that go into the new theme, and leave at least one here.")


class AlwaysBecause(Refused):
    sentence = _("Say why. An answer without a because is no answer.")


class SayWhatYouHeard(Refused):
    sentence = _("Say what you heard, what you do, and which body says so.")


class PromiseNeedsADay(Refused):
    sentence = _("Something that is being done needs a day by which it is done.")


class PromiseInThePast(Refused):
    sentence = _("The day of a promise has to be still to come.")


class RedateBeforeTheDay(Refused):
    sentence = _("A promise can get a new day only before its day has passed, and with a reason.")


class NothingToPublish(Refused):
    sentence = _("There is nothing new to publish.")


class AnswersNobody(Refused):
    sentence = _("There is no card in this theme yet, so the answer would reach nobody.")


class DraftChangedMeanwhile(Refused):
    sentence = _("Somebody else changed this draft just now. Both versions are below.")

    def __init__(self, theirs: AnswerVersion, version: int) -> None:
        super().__init__()
        self.theirs = theirs
        self.version = version


class ReadItAgain(Refused):
    sentence = _("Somebody else changed this just now. Read it once more before it goes out.")


class ChooseAnAnswer(Refused):
    sentence = _("Choose one of the five. You can also leave it.")


class SayHow(Refused):
    sentence = _("Say in a few words how.")


class StillOwed(Refused):
    """The project cannot close yet, and here is who waits."""

    sentence = _("You can't close this project yet. Some people are owed an answer.")

    def __init__(self, dues: list[Due], untold: list[Person]) -> None:
        super().__init__()
        self.dues = dues
        self.untold = untold


class NotYourCard(Refused):
    sentence = _("This is not your card, or it is not there any more.")


class SayWhichGroupAsked(Refused):
    sentence = _("Say which group asked for it, and when. Nobody else can switch it on.")


class NotWithoutAGroup(Refused):
    sentence = _("Nobody has asked for opinion groups yet, or they were switched off.")


class NothingToShow(Refused):
    sentence = _("There are no groups to show. Look for them first.")


class TooFewForGroups(Refused):
    sentence = _("Groups are never looked for among fewer than 50 people: they would become camps of neighbours.")


class SayWhyItIsHidden(Refused):
    sentence = _("Say why it is hidden. The reason stands on the page in its place.")
