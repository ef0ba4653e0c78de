"""Is the record what it was? Names the first entry that was changed, removed, added or put in another place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from withus.projects.models import Project
from withus.record import chain
from withus.record.models import Entry, Head

ERASED = "person.erased"


@dataclass(frozen=True)
class Fault:
    seq: int
    what: str


@dataclass
class Verified:
    """`faults` is empty when all holds. `unseen` says what cannot be seen from inside without a printed head."""

    entries: int = 0
    opened: int = 0
    erased: int = 0
    code: str = ""
    faults: list[Fault] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.faults


def verify(project: Project, *, seen: Sequence[str] = ()) -> Verified:
    """Walk the whole chain. `seen` are heads as people hold them on paper: `118-ABCD-EFGH-IJKL-MNOP`."""
    result = Verified()
    printed = dict(_read_codes(seen))
    previous, expected = chain.START, 1
    missing: list[int] = []
    allowed = 0
    for entry in Entry.objects.filter(project=project).order_by("seq").select_related("opening").iterator(500):
        if entry.seq != expected:
            result.faults.append(Fault(expected, f"entry {expected} is missing"))
            return result
        if entry.previous != previous:
            result.faults.append(Fault(entry.seq, f"entry {entry.seq} does not follow entry {entry.seq - 1}"))
            return result
        if entry.hash != _hash(project, entry):
            result.faults.append(Fault(entry.seq, f"entry {entry.seq} was changed"))
            return result
        opening = getattr(entry, "opening", None)
        if opening is None:
            missing.append(entry.seq)
        else:
            said = chain.opening(
                kind=opening.kind,
                at=opening.at,
                by=opening.by,
                about=opening.about,
                facts=opening.facts,
                words=opening.words_digest,
            )
            if chain.commitment(opening.salt, said) != entry.commitment:
                result.faults.append(Fault(entry.seq, f"what entry {entry.seq} says was changed"))
                return result
            result.opened += 1
            if opening.kind == ERASED:
                allowed += int(opening.facts.get("openings", 0))
        if entry.seq in printed:
            code = printed.pop(entry.seq)
            if code != chain.head_code(entry.seq, entry.hash):
                result.faults.append(Fault(entry.seq, f"the printed code of entry {entry.seq} is another one"))
                return result
            result.seen.append(code)
        previous, expected = entry.hash, expected + 1
        result.entries += 1
    result.erased = len(missing)
    if len(missing) > allowed:
        result.faults.append(Fault(missing[0], f"what entry {missing[0]} said is gone, and no erasure accounts for it"))
    head = Head.objects.get(project=project)
    if (head.seq, head.hash) != (result.entries, previous):
        result.faults.append(
            Fault(result.entries + 1, f"the head says {head.seq} entries, the chain has {result.entries}")
        )
    for seq in sorted(printed):
        result.faults.append(Fault(seq, f"a printed code speaks of entry {seq}, which is not there"))
    result.code = chain.head_code(result.entries, previous)
    return result


def _hash(project: Project, entry: Entry) -> str:
    return chain.entry_hash(
        version=entry.version,
        project=str(project.uid),
        seq=entry.seq,
        previous=entry.previous,
        commitment=entry.commitment,
    )


class NotACode(ValueError):
    """Something that is not a printed head was given as one."""


def _read_codes(seen: Iterable[str]) -> Iterable[tuple[int, str]]:
    for code in seen:
        parts = code.strip().upper().replace(" ", "-").split("-")
        number, letters = parts[0], "".join(parts[1:])
        if not number.isdecimal() or len(letters) != chain.CODE_LETTERS:
            raise NotACode(code)
        yield int(number), "-".join([number, *(letters[i : i + 4] for i in range(0, chain.CODE_LETTERS, 4))])
