"""The command `verhalen`, for researchers: reads what is asked and says what came of it; holds no rule of its own."""

import errno
import signal
import sys
from collections.abc import Sequence

import click

from console.dutch import DutchGroup, usage
from research.deidentify_commands import deidentify_command
from research.export_commands import export
from research.faults import ResearchFault, UsageFault
from research.record_commands import handed_out, verify, withdrawn
from research.review_commands import review_command
from research.serve_commands import serve_command
from storage.faults import StorageFault

PROGRAM = "verhalen"

BROKEN_OFF = 130
"""What a shell makes of Ctrl-C."""


@click.group(cls=DutchGroup, options_metavar="[opties]", subcommand_metavar="OPDRACHT")
def commands() -> None:
    """Verhalen voor onderzoekers."""


for command in (export, handed_out, withdrawn, verify, deidentify_command, review_command, serve_command):
    commands.add_command(command)


def run(arguments: Sequence[str]) -> int:
    """Does what was typed; the exit code. Whatever goes wrong is told in a sentence on stderr."""
    try:
        commands.main(list(arguments), prog_name=PROGRAM, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as shown:
        click.echo(shown.format_message())
    except click.UsageError as error:
        return _refuse(UsageFault(usage(error, PROGRAM)))
    except (click.Abort, KeyboardInterrupt):
        click.echo("Afgebroken. Er is geen uitvoer gemaakt; wat al bewaard was, blijft bewaard.", err=True)
        return BROKEN_OFF
    except (ResearchFault, StorageFault) as fault:
        return _refuse(fault)
    except OSError as error:
        return _refuse(ResearchFault(_disk_sentence(error)))
    return 0


def _refuse(fault: ResearchFault | StorageFault) -> int:
    click.echo(str(fault), err=True)
    return fault.exit_code if isinstance(fault, ResearchFault) else ResearchFault.exit_code


def _disk_sentence(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "De schijf is vol, of het bestand wordt te groot. Er is niets uitgevoerd."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"In {error.filename} mag dit programma niet schrijven. Er is niets uitgevoerd."
    return f"Schrijven lukt niet: {error.strerror} ({error.filename}). Er is niets uitgevoerd."


def main() -> None:
    """Where the command begins."""
    # A service that is stopped clears up as after Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
