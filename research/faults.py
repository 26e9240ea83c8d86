"""What can keep a researcher from an answer, each said in Dutch; holds no word of a teller and no key."""


class ResearchFault(Exception):
    """What was asked cannot be done; the message says why and what to do. `exit_code` is for the command line."""

    exit_code = 1


class ConfigurationFault(ResearchFault):
    """The settings, the database, the keys or the question sets are not what they have to be."""

    exit_code = 78
    """EX_CONFIG of sysexits.h, so that a program that starts this one knows that trying again is of no use."""


class ServerAwayFault(ResearchFault):
    """There is no database server to be reached now."""

    exit_code = 70
    """EX_SOFTWARE: a program that starts this one may try again, as after the other command."""


class UsageFault(ResearchFault):
    """The command itself was typed wrong."""

    exit_code = 2


class TooFewTellers(ResearchFault):
    """So few tellers fit what was chosen that the choice says who they are."""


class MayNotLeave(ResearchFault):
    """In the second text of a `story` there is something that may never leave."""

    def __init__(self, story: str, said: str) -> None:
        super().__init__(said)
        self.story = story
