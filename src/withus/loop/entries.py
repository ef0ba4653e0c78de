"""What can happen after the workshop: themes, answers, promises, tellings, and what people say of them."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from withus.record.kinds import Happened


@dataclass(frozen=True, kw_only=True)
class Cards(Happened):
    """
    Which cards an act was about: their uids; of more than a few hundred `count` and a digest of the sorted uids, so that an entry stays
    an entry.
    """

    cards: tuple[str, ...] = ()
    count: int = 0
    digest: str = ""


@dataclass(frozen=True, kw_only=True)
class ThemeMade(Cards):
    kind: ClassVar[str] = "theme.made"
    public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ThemeRenamed(Happened):
    kind: ClassVar[str] = "theme.renamed"
    public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ThemeRemoved(Happened):
    kind: ClassVar[str] = "theme.removed"
    public: ClassVar[bool] = True
    back: bool


@dataclass(frozen=True, kw_only=True)
class ThemeMerged(Cards):
    """`into` is the theme that has its cards now, also."""

    kind: ClassVar[str] = "theme.merged"
    public: ClassVar[bool] = True
    into: str


@dataclass(frozen=True, kw_only=True)
class ThemeSplit(Cards):
    """`off` is the new theme that its cards went to."""

    kind: ClassVar[str] = "theme.split"
    public: ClassVar[bool] = True
    off: str


@dataclass(frozen=True, kw_only=True)
class CardsPlaced(Cards):
    """`came_from` is the theme that they were taken out of by the same act."""

    kind: ClassVar[str] = "cards.placed"
    came_from: str = ""


@dataclass(frozen=True, kw_only=True)
class CardsTakenOut(Cards):
    kind: ClassVar[str] = "cards.taken_out"


@dataclass(frozen=True, kw_only=True)
class CardsSetApart(Cards):
    """Somebody read them and found nothing said in them. `back`: they hold something after all, and are owed an answer."""

    kind: ClassVar[str] = "cards.set_apart"
    back: bool = False


@dataclass(frozen=True, kw_only=True)
class CardsRead(Cards):
    kind: ClassVar[str] = "cards.read"


@dataclass(frozen=True, kw_only=True)
class SortingUndone(Happened):
    """`of` is what was taken back: a kind of act; `act` its uid."""

    kind: ClassVar[str] = "sorting.undone"
    of: str
    act: str
    cards: int


@dataclass(frozen=True, kw_only=True)
class SorterInvited(Happened):
    """A participant was asked to sort with the team; `ended`: not any more."""

    kind: ClassVar[str] = "sorter.invited"
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class NameSuggested(Happened):
    kind: ClassVar[str] = "name.suggested"
    theme: str


@dataclass(frozen=True, kw_only=True)
class NameLeft(Happened):
    """The team read a suggested name and leaves the theme's name as it is."""

    kind: ClassVar[str] = "name.left"


@dataclass(frozen=True, kw_only=True)
class MergeSuggested(Happened):
    """Somebody at the sorting table says that these two are one theme."""

    kind: ClassVar[str] = "merge.suggested"
    theme: str
    into: str


@dataclass(frozen=True, kw_only=True)
class MergeLeft(Happened):
    """The team read that, and leaves them two."""

    kind: ClassVar[str] = "merge.left"


@dataclass(frozen=True, kw_only=True)
class CardMeant(Happened):
    """Its author says that it was put with the right theme."""

    kind: ClassVar[str] = "card.meant"
    theme: str


@dataclass(frozen=True, kw_only=True)
class CardNotMeant(Happened):
    kind: ClassVar[str] = "card.not_meant"
    theme: str


@dataclass(frozen=True, kw_only=True)
class AnswerPublished(Happened):
    """`words` are what we do; the record holds their digest."""

    kind: ClassVar[str] = "answer.published"
    public: ClassVar[bool] = True
    version: int
    outcome: str
    promised_on: date | None
    people: int


@dataclass(frozen=True, kw_only=True)
class NobodysOwnWords(Happened):
    """
    A text that goes out says what some cards say, without their yes: whoever let it out says that everybody says it so. `keys` are those of
    the stretches.
    """

    kind: ClassVar[str] = "words.nobodys_own"
    public: ClassVar[bool] = True
    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PromiseRedated(Happened):
    kind: ClassVar[str] = "promise.redated"
    public: ClassVar[bool] = True
    before: date
    after: date


@dataclass(frozen=True, kw_only=True)
class PromiseKept(Happened):
    kind: ClassVar[str] = "promise.kept"
    public: ClassVar[bool] = True
    on: date


@dataclass(frozen=True, kw_only=True)
class AnswerWorded(Happened):
    """A version of an answer was put into Easy Read or another language."""

    kind: ClassVar[str] = "answer.worded"
    public: ClassVar[bool] = True
    version: int
    language: str
    easy: bool


@dataclass(frozen=True, kw_only=True)
class LateExplained(Happened):
    """Twelve weeks had passed by so many days, and the team said why."""

    kind: ClassVar[str] = "late.explained"
    public: ClassVar[bool] = True
    days: int


@dataclass(frozen=True, kw_only=True)
class PromiseBroken(Happened):
    """Its day has passed, and it was neither kept nor given a new day in time. Nobody presses this."""

    kind: ClassVar[str] = "promise.broken"
    public: ClassVar[bool] = True
    on: date


@dataclass(frozen=True, kw_only=True)
class PromiseStillSo(Happened):
    """Somebody who was told that a promise was kept says, four weeks later, whether it is still so."""

    kind: ClassVar[str] = "promise.still_so"
    so: bool


@dataclass(frozen=True, kw_only=True)
class NameAllowed(Happened):
    """A worker or a co-lead says yes or no to their name under the answers."""

    kind: ClassVar[str] = "name.allowed"
    yes: bool


@dataclass(frozen=True, kw_only=True)
class PersonTold(Happened):
    """A member of staff told somebody face to face or by telephone."""

    kind: ClassVar[str] = "person.told"
    how: str
    answers: int


@dataclass(frozen=True, kw_only=True)
class PersonTried(Happened):
    """A try to tell somebody that did not reach them."""

    kind: ClassVar[str] = "person.tried"
    way: str


@dataclass(frozen=True, kw_only=True)
class WritingStopped(Happened):
    """Somebody pressed the button in a mail that ends these mails; `back`: they want them again."""

    kind: ClassVar[str] = "writing.stopped"
    back: bool = False


@dataclass(frozen=True, kw_only=True)
class LettersPosted(Happened):
    """So many printed letters were posted; `back`: they were not, after all."""

    kind: ClassVar[str] = "letters.posted"
    letters: int
    back: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonUnreachable(Happened):
    kind: ClassVar[str] = "person.unreachable"


@dataclass(frozen=True, kw_only=True)
class AnswerHeard(Happened):
    kind: ClassVar[str] = "answer.heard"
    agrees: bool


@dataclass(frozen=True, kw_only=True)
class AnswerNotHeard(Happened):
    kind: ClassVar[str] = "answer.not_heard"
    says: str


@dataclass(frozen=True, kw_only=True)
class OpinionGroupsSwitched(Happened):
    """On because a group asked (`words` say which), or off."""

    kind: ClassVar[str] = "opinion_groups.switched"
    public: ClassVar[bool] = True
    on: bool


@dataclass(frozen=True, kw_only=True)
class OpinionGroupsShown(Happened):
    """To everybody, or to the team only again."""

    kind: ClassVar[str] = "opinion_groups.shown"
    public: ClassVar[bool] = True
    shown: bool


@dataclass(frozen=True, kw_only=True)
class WordsUsed(Cards):
    """Cards were printed as words, outside the project: `use` as their authors said yes to it, and for what. Each author reads that."""

    kind: ClassVar[str] = "words.used"
    use: str
    what_for: str


@dataclass(frozen=True, kw_only=True)
class PageHidden(Happened):
    """The project's public page; `words` are the reason. Its counters stay."""

    kind: ClassVar[str] = "page.hidden"
    public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class PageShown(Happened):
    kind: ClassVar[str] = "page.shown"
    public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class FeedsSwitched(Happened):
    kind: ClassVar[str] = "feeds.switched"
    public: ClassVar[bool] = True
    feeds: bool
    badge: bool


@dataclass(frozen=True, kw_only=True)
class SuggestionsSwitched(Happened):
    """Whether a program may suggest to the team which cards belong together."""

    kind: ClassVar[str] = "suggestions.switched"
    public: ClassVar[bool] = True
    on: bool


@dataclass(frozen=True, kw_only=True)
class SuggestionsRegrouped(Happened):
    """Whether the new groups of a program were taken. No card moved that a person had placed."""

    kind: ClassVar[str] = "suggestions.regrouped"
    taken: bool
