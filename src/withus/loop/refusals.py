"""How the loop kindly says no."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from withus.loop.holding import Holds
from withus.loop.models import AnswerVersion
from withus.loop.models_of_answers import AnswerWording
from withus.loop.quoting import Quoted
from withus.projects.refused import Refused


class ThemeNeedsAName(Refused):
    sentence = _("Give the theme a name in people's own words.")


class ThemeGone(Refused):
    sentence = _("Somebody removed or merged this theme just now. Choose another one.")


class ThemeWentElsewhere(Refused):
    sentence = _(
        "Somebody removed or merged this theme just now. Put it back first, or answer the theme that its cards are in."
    )


class RenamedMeanwhile(Refused):
    """`name` is what somebody else called it while this one was typing; `version` goes with it."""

    sentence = _("Somebody else gave this theme another name just now. Read it, then choose.")

    def __init__(self, name: str, version: int) -> None:
        super().__init__()
        self.name = name
        self.version = version


class WordedMeanwhile(Refused):
    """`theirs` is what stands there in this language, where anything does; `seen` goes with it and with the original as it is now."""

    sentence = _("Somebody else changed this just now. Read it as it stands, then keep yours if you still want to.")

    def __init__(self, theirs: AnswerWording | None, seen: str) -> None:
        super().__init__()
        self.theirs = theirs
        self.seen = seen


class ReadTheCardsFirst(Refused):
    sentence = _("Some of these cards nobody has read yet. Read them on the answer's page, then press again.")


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


class TooManyFound(Refused):
    sentence = _("More than 5,000 cards were found. Find words to make it fewer.")


class NotSorting(Refused):
    sentence = _("You are not asked to sort cards any more.")


class OthersWorkOnIt(Refused):
    sentence = _("Others have worked on this theme since. Ask the team to take it back.")


class TheTeamMovesThem(Refused):
    sentence = _("The team put these cards here, or the theme has an answer already. Ask the team to move them.")


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


class NobodyCameLater(Refused):
    sentence = _("No card has come to this theme since its answer. Everybody in it is told.")


class DraftChangedMeanwhile(Refused):
    sentence = _("Somebody else changed this draft just now. Both versions are below.")

    def __init__(self, theirs: AnswerVersion, version: int) -> None:
        super().__init__()
        self.theirs = theirs
        self.version = version


class ReadItAgain(Refused):
    sentence = _("Somebody else changed this just now. Read it once more before it goes out.")


class PeoplesOwnWords(Refused):
    """`found`: which ones. They stand on the page with the ways out."""

    sentence = _(
        "It says people's own words, and they have not said yes to that. It does not go out yet. What to do stands at the words."
    )

    def __init__(self, found: Sequence[Quoted]) -> None:
        super().__init__()
        self.found = found


class ChooseAnAnswer(Refused):
    sentence = _("Choose one of the five. You can also leave it.")


class SayHow(Refused):
    sentence = _("Say in a few words how.")


class TriedMeanwhile(Refused):
    sentence = _(
        "A try was written down since you opened this page. Read below what was tried; if yours was another one, press once more."
    )


class SayWhichWay(Refused):
    sentence = _("Say by which way you tried.")


class StillOwed(Refused):
    """The project cannot close yet, and here is who waits."""

    sentence = _("You can't close this project yet. Some people are owed an answer.")

    def __init__(self, holds: Holds) -> None:
        super().__init__()
        self.holds = holds


class NotYourKey(Refused):
    sentence = _("Only a facilitator or a co-lead of this project can press this.")


class AnotherWaits(Refused):
    sentence = _("Something else waits for its second key already. Finish it or take it back first.")


class NothingWaits(Refused):
    sentence = _("Nothing waits for your key any more. It was taken back, it ran out, or it has happened.")


class NothingToStop(Refused):
    sentence = _("There is nothing to stop here any more: it was stopped already, or it was more than two weeks ago.")


class SameHand(Refused):
    sentence = _("You turned the first key. The second has to be somebody else's.")


class NeedsACoLead(Refused):
    sentence = _("One key is a facilitator's and one is a co-lead's.")


class SomebodyHoldsYourLink(Refused):
    sentence = _(
        "Whoever turned the first key has made a slip or letter for you, or read your page to you: they could press here in your place. "
        "You can stop it here."
    )


class AddressTooNew(Refused):
    sentence = _(
        "This address was given less than two weeks before the first key, or after whoever turned it had made a slip for you: they "
        "could have given it in your place. On your own page you can stop it."
    )


class AskedOnTheirPage(Refused):
    sentence = _(
        "It stands on the co-leads' own pages: the second key is theirs. If none of them answers for two weeks, ask once more."
    )


class ClosedAlready(Refused):
    sentence = _("This project is closed already.")


class RestsAlready(Refused):
    sentence = _("This project rests already.")


class GoesElsewhere(Refused):
    sentence = _("This project is being handed over. Call that off first.")


class SayWhatRests(Refused):
    sentence = _("Say in one sentence what will not be answered, and who keeps people's words.")


class SayTillWhen(Refused):
    sentence = _("Say till when their words are kept: a day that is still to come.")


class NotWillingYet(Refused):
    sentence = _("Whoever is asked to take it has not said yes. We wrote to them.")


class SayForWhom(Refused):
    sentence = _("Choose for which organisation you take it.")


class SayToWhom(Refused):
    sentence = _("Say who takes it over. Write their e-mail address.")


class TimeToLeave(Refused):
    sentence = _("Give people at least 28 days to take their words out, and at most a year.")


class SayWhoIsSafe(Refused):
    sentence = _("Say who people can turn to from now on. Whoever it was until now may be gone.")


class NotYetYours(Refused):
    sentence = _("It can't move yet. Everybody has to be told first, and has time to take their words out.")


class SayWhere(Refused):
    sentence = _("The charter names no place yet where answers hang. Write it there first.")


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


class TooFewAreLeft(Refused):
    sentence = _(
        "Some people have taken their words out since these groups were found, and too few are left to show them. Look again first."
    )


class SayWhyItIsHidden(Refused):
    sentence = _("Say why it is hidden. The reason stands on the page in its place.")


class DeciderFromTheCharter(Refused):
    sentence = _("Choose who decided from the charter: only they have the power to keep it.")


class OnlyWhoSaidYes(Refused):
    sentence = _("A name stands under an answer only with its own yes.")


class SayWhatMeanwhile(Refused):
    sentence = _("Say what you do while you wait for somebody outside.")


class EndAfterTheSecond(Refused):
    sentence = _("You can end it like this once we have written to you again.")


class NoSuchTick(Refused):
    sentence = _("The slip with this number has no such tick. Look at it again.")


class NotFourWeeksYet(Refused):
    sentence = _("Four weeks have not passed since the promise was kept. Keep the slip, and enter it then.")


class NoWordsWithThis(Refused):
    sentence = _("With this tick no words are kept. Enter them as a card from paper, and leave this empty.")


class NotAsked(Refused):
    sentence = _("This was not asked of you.")


class SayWhyLate(Refused):
    sentence = _("Say why people have no answer yet.")


class NotLateYet(Refused):
    sentence = _("It is not late. Answer by the day, and nothing needs explaining.")


class WordAllOfIt(Refused):
    sentence = _("Choose a language, and say all of it: what you heard, what you do, and why.")


class ThatIsTheOriginal(Refused):
    sentence = _("That is the original's own language. Tick Easy Read, or choose another language.")


class TooFewForSuggestions(Refused):
    sentence = _("There are fewer than 150 cards. People sort them better on a table.")


class NothingIsOffered(Refused):
    sentence = _("There are no new groups to choose from. Somebody else has chosen, or they were not asked for.")


class TickWhatYouRead(Refused):
    sentence = _("Tick the cards that belong together. Only what you tick is put in.")
