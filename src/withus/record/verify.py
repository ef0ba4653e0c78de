"""Is the record what it was? Names the first entry that was changed, removed, added or put in another place."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from withus.projects.models import Project
from withus.record import chain
from withus.record.models import Entry, Head, Opening

ERASED = "person.erased"
AT_ONCE = 500

WordsOf = Callable[[Sequence[str]], Mapping[str, str]]
"""For the uids that entries of one kind are about: the words as they stand in the tables now. Left out: erased or taken back."""
_words_of: dict[str, WordsOf] = {}


def bind_words(table: Mapping[str, WordsOf]) -> None:
    """Which kinds have their words in which table. Filled once, in site/wiring.py."""
    _words_of.clear()
    _words_of.update(table)


@dataclass(frozen=True)
class Fault:
    seq: int
    what: str


@dataclass
class Verified:
    """`faults` is empty when all holds. What a cut tail or a chain written anew hides is seen only with printed heads (`seen`)."""

    entries: int = 0
    opened: int = 0
    erased: int = 0
    words: int = 0
    code: str = ""
    faults: list[Fault] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.faults


class NotACode(ValueError):
    """Something that is not a printed head was given as one."""


def verify(project: Project, *, seen: Sequence[str] = ()) -> Verified:
    """Walk the whole chain. `seen` are heads as people hold them on paper: `118-ABCD-EFGH-IJKL-MNOP`."""
    walk = _Walk(project, dict(_read_codes(seen)))
    rows = Entry.objects.filter(project=project).order_by("seq").select_related("opening")
    entries = rows.iterator(AT_ONCE)
    try:
        while chunk := list(islice(entries, AT_ONCE)):
            words = _words(chunk)
            for entry in chunk:
                if fault := walk.step(entry, words):
                    walk.result.faults.append(Fault(min(entry.seq, walk.expected), fault))
                    return walk.result
    except (ValueError, TypeError):
        walk.result.faults.append(Fault(walk.expected, f"entry {walk.expected}, or one soon after it, cannot be read"))
        return walk.result
    walk.end()
    return walk.result


class _Walk:
    """Where a walk along the chain stands."""

    def __init__(self, project: Project, printed: dict[int, str]) -> None:
        self.project = project
        self.printed = printed
        self.result = Verified()
        self.previous, self.expected = chain.START, 1
        self.missing: list[int] = []
        self.accounted = 0

    def step(self, entry: Entry, words: Mapping[int, str]) -> str:
        """Check one entry; what is wrong with it, or nothing."""
        if entry.seq != self.expected:
            return f"entry {self.expected} is missing"
        if entry.previous != self.previous:
            return f"entry {entry.seq} does not follow entry {entry.seq - 1}"
        if entry.hash != _hash(self.project, entry):
            return f"entry {entry.seq} was changed"
        fault = self._opening(entry, words) or self._printed(entry)
        self.previous, self.expected = entry.hash, self.expected + (0 if fault else 1)
        self.result.entries += 1
        return fault

    def _opening(self, entry: Entry, words: Mapping[int, str]) -> str:
        opening: Opening | None = getattr(entry, "opening", None)
        if opening is None:
            self.missing.append(entry.seq)
            return ""
        said = chain.opening(
            kind=opening.kind,
            at=opening.at,
            by=opening.by,
            about=opening.about,
            facts=opening.facts,
            words=opening.words_digest,
        )
        if chain.commitment(opening.salt, said) != entry.commitment:
            return f"what entry {entry.seq} says was changed"
        if entry.seq in words:
            if chain.words_digest(opening.salt, words[entry.seq]) != opening.words_digest:
                return f"the words that entry {entry.seq} speaks of were changed"
            self.result.words += 1
        self.result.opened += 1
        if opening.kind == ERASED:
            self.accounted += int(opening.facts.get("openings", 0))
        return ""

    def _printed(self, entry: Entry) -> str:
        code = self.printed.pop(entry.seq, "")
        if code and code != chain.head_code(entry.seq, entry.hash):
            return f"the printed code of entry {entry.seq} is another one"
        if code:
            self.result.seen.append(code)
        return ""

    def end(self) -> None:
        """What can only be said at the end of the chain."""
        result = self.result
        result.erased = len(self.missing)
        if len(self.missing) > self.accounted:
            gone = f"what entry {self.missing[0]} said is gone, and no erasure accounts for it"
            result.faults.append(Fault(self.missing[0], gone))
        head = Head.objects.get(project=self.project)
        if (head.seq, head.hash) != (result.entries, self.previous):
            uneven = f"the head says {head.seq} entries, the chain has {result.entries}"
            result.faults.append(Fault(result.entries + 1, uneven))
        for seq in sorted(self.printed):
            result.faults.append(Fault(seq, f"a printed code speaks of entry {seq}, which is not there"))
        result.code = chain.head_code(result.entries, self.previous)


def _words(chunk: Sequence[Entry]) -> dict[int, str]:
    """The words as they stand now, by the entry's number, for the kinds whose words have a table."""
    by_kind: dict[str, dict[str, int]] = {}
    for entry in chunk:
        opening: Opening | None = getattr(entry, "opening", None)
        if opening is not None and opening.kind in _words_of:
            by_kind.setdefault(opening.kind, {})[opening.about] = entry.seq
    found: dict[int, str] = {}
    for kind, numbers in by_kind.items():
        for about, words in _words_of[kind](list(numbers)).items():
            found[numbers[about]] = words
    return found


def _hash(project: Project, entry: Entry) -> str:
    return chain.entry_hash(
        version=entry.version,
        project=str(project.uid),
        seq=entry.seq,
        previous=entry.previous,
        commitment=entry.commitment,
    )


def _read_codes(seen: Iterable[str]) -> Iterator[tuple[int, str]]:
    for code in seen:
        number, _, rest = code.strip().upper().replace(" ", "-").partition("-")
        letters = rest.replace("-", "")
        if not number.isdecimal() or len(letters) != chain.CODE_LETTERS:
            raise NotACode(code)
        yield int(number), "-".join([number, *(letters[i : i + 4] for i in range(0, chain.CODE_LETTERS, 4))])
