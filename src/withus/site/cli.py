"""The command line. Importing it must stay cheap: `withus check` needs no database, so nothing here imports Django at the top."""

import typer

from withus.site.commands import backup, demo, export, keys, post, prepare, record, serve
from withus.transfer import command as transfer
from withus.traps import command as checker

app = typer.Typer(
    name="withus",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Plan, run and follow up services made together with the people who use them.",
)
app.command()(serve.serve)
app.command()(demo.demo)
app.command()(serve.migrate)
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(checker.check)
app.command()(checker.rule)
app.command()(checker.schema)
transfer.bind(prepare.ready)
app.add_typer(transfer.app, name="import")
app.command()(export.export)
app.add_typer(record.app, name="record")
app.add_typer(keys.app, name="keys")
app.add_typer(post.app, name="post")


def main() -> None:
    app()


if __name__ == "__main__":
    main()
