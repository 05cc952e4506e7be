"""``python -m okrsite``: the same as the command."""

from okrsite.cli import run

run()
