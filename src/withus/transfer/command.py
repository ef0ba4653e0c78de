"""`withus import ...`: comments from elsewhere."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

app = typer.Typer(no_args_is_help=True, help="Bring in comments from elsewhere.")

Data = Annotated[Path | None, typer.Option(help="The data folder.")]
MOST_FAULTS = 20


@app.callback()
def bring_in() -> None:
    """Bring in comments from elsewhere."""


@app.command()
def contributions(
    file: Annotated[Path, typer.Argument(help="A CSV file; its encoding and separator are found out.")],
    *,
    project: Annotated[str, typer.Option(help="The project's short address.")],
    text: Annotated[str, typer.Option(help="The column with the words.")],
    create: Annotated[bool, typer.Option("--create", help="Make the project if there is none.")] = False,
    when: Annotated[str | None, typer.Option(help="The column with the day.")] = None,
    person: Annotated[
        str | None, typer.Option(help="The column that says who; without it each row is somebody else.")
    ] = None,
    theme: Annotated[str | None, typer.Option(help="The column with the theme.")] = None,
    name: Annotated[
        str, typer.Option(help="The import's name: the same file under the same name adds nothing twice.")
    ] = "",
    attribution: Annotated[
        str, typer.Option(help="Whose words these are, and the licence; shown on the project's page.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read everything, write nothing.")] = False,
    data: Data = None,
) -> None:
    """Comments from any CSV file. The same file twice adds nothing; a longer one adds its new rows."""
    _ready(data)
    from django.utils import timezone  # noqa: PLC0415 -- after setup

    from withus.transfer import contributions as comments  # noqa: PLC0415 -- after setup
    from withus.transfer.table import CannotRead, open_table  # noqa: PLC0415 -- after setup

    now = timezone.now()
    try:
        table = open_table(file)
        table.need(text, when, person, theme)
    except CannotRead as trouble:
        _fail(str(trouble))
    columns = comments.Columns(text=text, when=when, person=person, theme=theme)
    reader = comments.Reader(name=name or file.name, table=table, columns=columns, now=now)
    if dry_run:
        outcome = comments.try_out(reader)
        typer.echo(
            f"{outcome.rows} rows, {outcome.no_content} without content, {outcome.themes} themes. Nothing was written."
        )
        return _say_faults(outcome.faults)
    row, by = _project(project, create=create, now=now)
    _attribute(row, attribution)
    _settle()
    with _how_far(file) as told:
        outcome = comments.bring_in(row, reader, by=by, now=now, told=told)
    typer.echo(
        f"{outcome.added} added, {outcome.known} known already, {outcome.no_content} without content, {outcome.themes} themes."
    )
    if person is None:
        typer.echo("Nobody among them can be reached: they came without an address.")
    return _say_faults(outcome.faults)


@app.command()
def polis(
    folder: Annotated[Path, typer.Argument(help="The folder of one Polis conversation: comments.csv, votes.csv.")],
    project: Annotated[str, typer.Option(help="The project's short address.")],
    create: Annotated[bool, typer.Option("--create", help="Make the project if there is none.")] = False,
    data: Data = None,
) -> None:
    """A Polis conversation: comments become contributions, votes a table of ratings."""
    _ready(data)
    from django.utils import timezone  # noqa: PLC0415 -- after setup

    from withus.live import actions as live  # noqa: PLC0415 -- after setup
    from withus.projects import actions as projects  # noqa: PLC0415 -- after setup
    from withus.transfer import polis as conversation  # noqa: PLC0415 -- after setup
    from withus.transfer.table import CannotRead  # noqa: PLC0415 -- after setup

    now = timezone.now()
    try:
        rows = list(conversation.comments(folder))
    except (CannotRead, KeyError) as trouble:
        _fail(str(trouble) if isinstance(trouble, CannotRead) else f"comments.csv has no column {trouble}.")
    row, by = _project(project, create=create, now=now)
    projects.attribute(row, attribution=conversation.ATTRIBUTION)
    added = live.add_contributions(row, rows, by=by, now=now)
    rated = live.add_ratings(row, conversation.votes(folder), digest=conversation.votes_digest(folder), by=by, now=now)
    held = f" Held back, as they were there: {added.held_back}." if added.held_back else ""
    typer.echo(f"{added.new} comments added, {added.seen - added.new} known already. {rated} ratings added.{held}")


@contextmanager
def _how_far(file: Path) -> Iterator[Callable[[int], None]]:
    """A bar on the screen; it is told at which byte of the file the reading stands."""
    with typer.progressbar(length=file.stat().st_size, label="Bringing in") as bar:
        yield lambda at: bar.update(at - bar.pos)


def _settle() -> None:
    """What is loaded by now stays till the end: it need not be looked through for garbage after every few rows."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)


def _ready(data: Path | None) -> None:
    """Set Django up. The command line does the same for its other commands; it hands its way of doing so in here."""
    if _prepare:
        _prepare[0](data)


_prepare: list[Any] = []  # Any: what the command line binds


def bind(prepare: Any) -> None:  # Any: a function of the data folder
    """Said once by the command line: how an installation is made ready."""
    _prepare[:] = [prepare]


def _project(address: str, *, create: bool, now: Any) -> Any:  # Any: rows of tables that are there only after setup
    from withus.accounts.models import Staff  # noqa: PLC0415 -- after setup
    from withus.charter import actions as charter  # noqa: PLC0415 -- after setup
    from withus.projects import actions as projects  # noqa: PLC0415 -- after setup
    from withus.projects.models import Organisation, Part, Project, Team  # noqa: PLC0415 -- after setup

    row = Project.objects.filter(address=address).first()
    if row is not None:
        place = Team.objects.filter(project=row, part=Part.FACILITATOR).select_related("staff").order_by("pk").first()
        return row, place.staff if place else None
    if not create:
        _fail(f"There is no project at “{address}”. Add --create to make it.")
    staff = Staff.objects.order_by("pk").first()
    organisation = Organisation.objects.order_by("pk").first()
    if staff is None or organisation is None:
        _fail("Nobody has an account here yet. Start the server and use the link that it prints, then come back.")
    title = address.replace("-", " ").capitalize()
    made = charter.begin(organisation, title=title, purpose="What people said elsewhere.", by=staff, now=now)
    return projects.set_address(made, address=address), staff


def _attribute(row: Any, attribution: str) -> None:  # Any: a Project, after setup
    from withus.projects import actions as projects  # noqa: PLC0415 -- after setup

    if attribution:
        projects.attribute(row, attribution=attribution)


def _say_faults(faults: list[Any]) -> None:  # Any: Fault, after setup
    for fault in faults[:MOST_FAULTS]:
        typer.echo(f"  line {fault.line}: {fault.what}", err=True)
    if len(faults) > MOST_FAULTS:
        typer.echo(f"  and {len(faults) - MOST_FAULTS} more lines", err=True)


def _fail(sentence: str) -> NoReturn:
    typer.secho(sentence, err=True)
    raise typer.Exit(1)
