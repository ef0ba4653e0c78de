"""`withus export`: a project's facts as a project file."""

from typing import Annotated

import typer

from withus.site.commands import prepare
from withus.site.commands.serve import Data


def export(
    project: Annotated[str, typer.Argument(help="The project's short address.")],
    data: Data = None,
) -> None:
    """Write a project's facts as a project file, which `withus check` judges."""
    prepare.ready(data)
    from django.utils import timezone  # noqa: PLC0415 -- after setup

    from withus.checkup.collect import facts_of  # noqa: PLC0415 -- after setup
    from withus.facts.dump import dump  # noqa: PLC0415 -- after setup
    from withus.projects.models import Project  # noqa: PLC0415 -- after setup

    row = Project.objects.filter(address=project).first()
    if row is None:
        prepare.fail(f"There is no project at “{project}”.")
    typer.echo(dump(facts_of(row, now=timezone.now())), nl=False)
