"""`examserver …`: the one door to everything that is started by hand."""

import argparse
import os
import sys

COMMANDS = ("demo", "serve", "simulate", "evidence", "items")
DJANGO = ("migrate", "makemigrations", "createsuperuser", "collectstatic", "check", "shell", "dumpdata")


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "examserver.settings")
    if given and given[0] == "proctor":
        from proctor.cli import main as proctor

        return proctor(given[1:])
    if given and given[0] in DJANGO:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["examserver", *given])
        return 0
    return _run(given)


def _run(given: list[str]) -> int:
    from importlib import import_module

    parser = argparse.ArgumentParser(
        prog="examserver", epilog=f"also: proctor …, and Django's own {', '.join(DJANGO)}"
    )
    chosen = parser.add_subparsers(dest="command", required=True)
    modules = {name: import_module(f"examserver.commands.{name}") for name in COMMANDS}
    for name, module in modules.items():
        module.add_arguments(chosen.add_parser(name, help=module.__doc__))
    options = parser.parse_args(given)
    result: int = modules[options.command].run(options)
    return result


if __name__ == "__main__":
    sys.exit(main())
