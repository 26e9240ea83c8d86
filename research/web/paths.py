"""Where what is found on the pages for researchers."""

from pages.gate import Paths

HOME = "/"
SIGN_IN = "/in/{invitation}"
SIGN_OUT = "/uit"
STATIC = "/static"
NUMBERS = "/cijfers"
EXPORT = "/uitvoer"
JOB = f"{EXPORT}/{{job}}"
TAKE = f"{JOB}/ophalen"
THROW_AWAY = f"{JOB}/weggooien"
REVIEW = "/nakijken"
STORY = f"{REVIEW}/{{story}}"
AUDIT = "/lijst"
HEALTH = "/healthz"

AGAIN = "opnieuw"
"""In the address of a story that is reviewed once more, whoever did so before."""

GATE = Paths(HOME, open=("/in/", f"{STATIC}/"))


def of_job(job: str) -> str:
    """The page of one export."""
    return JOB.format(job=job)


def to_take(job: str) -> str:
    """Where it is downloaded."""
    return TAKE.format(job=job)


def to_throw_away(job: str) -> str:
    """Where it is thrown away."""
    return THROW_AWAY.format(job=job)


def of_story(story: str) -> str:
    """Where one story is reviewed."""
    return STORY.format(story=story)


def of_reviewed(story: str) -> str:
    """Where one that was reviewed is reviewed once more."""
    return f"{of_story(story)}?{AGAIN}"
