"""`withus export`: a project's facts as a project file, or its data as tables."""

from pathlib import Path
from typing import Annotated

import typer

from withus.facts.small import SMALLEST
from withus.site.commands import prepare
from withus.site.commands.serve import Data

SMALL = (
    "This file counts people in groups of fewer than five, with what they said of themselves and what they need: whoever knows the "
    "room can tell who it is. Keep it with the team."
)


def export(
    project: Annotated[str, typer.Argument(help="The project's short address.")],
    *,
    tables: Annotated[
        Path | None, typer.Option(help="Write the data as tables (CSV, JSON, codebook) into this zip file instead.")
    ] = None,
    data: Data = None,
) -> None:
    """Write a project's facts as a project file, which `withus check` judges; or its data as tables."""
    prepare.ready(data)
    from django.utils import timezone  # noqa: PLC0415 -- after setup

    from withus.checkup.collect import facts_of  # noqa: PLC0415 -- after setup
    from withus.facts.dump import dump  # noqa: PLC0415 -- after setup
    from withus.projects.models import Project  # noqa: PLC0415 -- after setup

    row = Project.objects.filter(address=project).first()
    if row is None:
        prepare.fail(f"There is no project at “{project}”.")
    if tables is not None:
        from withus.reports.archive import archive  # noqa: PLC0415 -- after setup

        tables.write_bytes(archive(row, now=timezone.now()))
        typer.echo(f"Written to {tables}.")
        return
    facts = facts_of(row, now=timezone.now())
    if any(0 < (one.count or 0) < SMALLEST for workshop in facts.workshops for one in workshop.people or ()):
        typer.echo(SMALL, err=True)
    typer.echo(dump(facts), nl=False)
