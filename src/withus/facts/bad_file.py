"""What is wrong with a project file, said so that its writer can mend it."""

from dataclasses import dataclass

MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Problem:
    place: str
    sentence: str
    line: int | None = None

    def said(self, file: str) -> str:
        where = f"{file}:{self.line}" if self.line else file
        return f"{where}: {self.place}: {self.sentence}" if self.place else f"{where}: {self.sentence}"


class BadFile(Exception):
    """The file cannot be judged. It names the file, each place, and what is allowed there; nothing was guessed."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = tuple(problems[:MOST_PROBLEMS])
        self.more = max(0, len(problems) - MOST_PROBLEMS)
        super().__init__(file)

    def __str__(self) -> str:
        lines = [problem.said(self.file) for problem in self.problems]
        if self.more:
            lines.append(f"{self.file}: and {self.more} more")
        return "\n".join(visible(line) for line in lines)


def visible(line: str) -> str:
    """A file's own words never move the cursor, change colours or turn a line round on somebody's terminal."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)
