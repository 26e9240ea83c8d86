"""How click speaks to whoever types a command: its own words in Dutch; knows no command of ours."""

from collections.abc import Sequence

import click


class DutchCommand(click.Command):
    """A command whose help has Dutch headings."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the first line of the help."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Gebruik: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes what each option does."""
        records = (option.get_help_record(ctx) for option in self.get_params(ctx))
        _write(formatter, "Opties", [record for record in records if record])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "Toon deze uitleg."
        return option


class DutchGroup(DutchCommand, click.Group):
    """A group of commands whose help has Dutch headings."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the options, then the commands."""
        super().format_options(ctx, formatter)
        named = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        _write(formatter, "Opdrachten", [(name, item.get_short_help_str(90)) for name, item in named if item])


def usage(error: click.UsageError, program: str) -> str:
    """What was typed wrong, in Dutch, and where to look how it should be."""
    command = error.ctx.command_path if error.ctx else program
    return f"{_sentence(error)} Uitleg: {command} --help"


def _sentence(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return f"De optie {error.option_name} bestaat niet."
        case click.MissingParameter() if error.param:
            return f"{error.param.get_error_hint(None)} ontbreekt."
        case click.BadOptionUsage():
            return f"Achter {error.option_name} hoort iets te staan."
        case click.BadParameter() if error.param:
            return f"De waarde achter {error.param.get_error_hint(None)} kan niet."
        case _:
            return "Deze opdracht bestaat niet, of er staat te veel achter."


def _write(formatter: click.HelpFormatter, title: str, records: Sequence[tuple[str, str]]) -> None:
    if records:
        with formatter.section(title):
            formatter.write_dl(records)
