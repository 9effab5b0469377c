"""The door: `curriculum`, its commands, and how a user's mistake ends in a sentence."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import sys
from typing import NoReturn

import click

from curriculum.cli.room import Refusal, Room, reason
from curriculum.words import Words, languages, spoken

COMMANDS = (
    "check", "build", "print", "serve", "needs", "coverage", "translation", "compare", "new", "import", "session",
    "results", "trace", "schema",
)  # fmt: skip
# The modules of click that speak to users; each takes its words from a name `_` of its own.
CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")


def main() -> None:
    """Run the command line and leave with its status: 0 clean, 1 problems, 2 wrong use, 130 interrupted."""
    # What is read stays until the end; looking for cycles in it only costs time.
    gc.freeze()
    w = spoken(_wish(sys.argv[1:]))
    _translate_click(w)
    try:
        status = door(w).main(standalone_mode=False, prog_name="curriculum")
    except click.exceptions.Exit as leave:
        status = leave.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(w("cli.interrupted"), err=True)
        status = 130
    except click.ClickException as error:
        error.show()
        status = 2
    except Refusal as refusal:
        click.echo(refusal, err=True)
        status = refusal.status
    except BrokenPipeError:
        # Whoever read the output has stopped reading it, as `head` does.
        sys.stderr.close()
        status = 0
    except OSError as error:
        click.echo(w("mutex.no-file", file=error.filename or "?", reason=reason(w, error)), err=True)
        status = 1
    _leave(status if isinstance(status, int) else 0)


def _leave(status: int) -> NoReturn:
    """End at once: to take apart all that was read, piece by piece, would cost a large curriculum most of a second."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (BrokenPipeError, ValueError):
            pass  # nobody reads it any more
        except OSError:
            status = status or 1  # what was said did not arrive whole, as on a full disk
    os._exit(status)


def door(w: Words) -> click.Group:
    """The command line in one language."""

    class Door(click.Group):
        """Opens a command's module only when it is needed: `check` does not wait for the printer."""

        def list_commands(self, context: click.Context) -> list[str]:
            return list(COMMANDS)

        def get_command(self, context: click.Context, name: str) -> click.Command | None:
            if name not in COMMANDS:
                return None
            command: click.Command = importlib.import_module(f"curriculum.cli.{name}").command(w)
            return command

    settings = {"help_option_names": ["-h", "--help"]}

    @click.group(cls=Door, help=w("cli.help"), no_args_is_help=True, context_settings=settings)
    @click.option("--root", type=click.Path(file_okay=False), default=".", help=w("cli.option.root"))
    @click.option("--messages", type=click.Choice(languages()), help=w("cli.option.messages"))
    @click.option("--today", metavar=w("cli.date"), help=w("cli.option.today"))
    @click.version_option(None, "-V", "--version", package_name="curriculum", help=w("cli.option.version"))
    @click.pass_context
    def curriculum(context: click.Context, root: str, messages: str | None, today: str | None) -> None:
        context.obj = Room.open(root, today, w)

    return curriculum


def _wish(arguments: list[str]) -> str | None:
    """The language asked for by --messages, before anything else is understood."""
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if argument == "--messages" and following in languages():
            return following
        if argument.startswith("--messages=") and argument[11:] in languages():
            return argument[11:]
    return None


def _translate_click(w: Words) -> None:
    """Give click our words for its own sentences; the catalogue has them under click's English."""

    def translated(text: str) -> str:
        return w.texts.get(text, (text,))[0]

    for name in CLICK:
        module = importlib.import_module(f"click.{name}")
        if "_" in module.__dict__:
            module.__dict__["_"] = translated
