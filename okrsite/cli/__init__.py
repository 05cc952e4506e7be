"""Words → calls of the rooms, and exit codes.

0 is success, 1 problems in the content, 2 wrong usage, 3 a fault of okrsite's own.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

import click

from okrsite import __version__
from okrsite.cli.ending import end_with

COMMANDS = {
    "new": "okrsite.cli.new:new",
    "build": "okrsite.cli.build:build",
    "serve": "okrsite.cli.serve:serve",
    "check": "okrsite.cli.check:check",
    "show": "okrsite.cli.show:show",
    "diff": "okrsite.cli.diff:diff",
    "checkin": "okrsite.cli.checkin:checkin",
    "close": "okrsite.cli.close:close",
    "add": "okrsite.cli.add:add",
    "digest": "okrsite.cli.digest:digest",
    "export": "okrsite.cli.export:export",
    "schema": "okrsite.cli.schema:schema",
}
"""Where each command is found; it is imported when it is asked for, so that all start fast."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name]} is no command")
        return command


_EXAMPLE = """\b
Example:
  okrsite new acme
  cd acme
  okrsite serve
"""


@click.group(
    cls=_Commands, epilog=_EXAMPLE, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="okrsite")
def okrsite() -> None:
    """Make a company's OKR files its site, and keep them right."""


def run() -> None:
    """Run the command that this process was started for."""
    end_with(main)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code."""
    try:
        code = okrsite.main(arguments, prog_name="okrsite", standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except Exception:  # noqa: BLE001 - whatever it is, it ends here, with its own exit code
        traceback.print_exc()
        click.echo("This is a fault of okrsite's own: please report it with the above.", err=True)
        sys.exit(3)
    sys.exit(code if isinstance(code, int) else 0)
