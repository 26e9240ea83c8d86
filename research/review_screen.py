"""A review on a terminal: which key does what; knows no database and keeps nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

from prompt_toolkit.application import Application
from prompt_toolkit.application.current import get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import (
    ConditionalContainer,
    DynamicContainer,
    FormattedTextControl,
    HSplit,
    Layout,
    VSplit,
    Window,
)

from research import review_view
from research.deidentify import reviewing
from research.deidentify.reviewing import (
    Changed,
    Choosing,
    Event,
    Given,
    LetGo,
    Moved,
    Removed,
    Review,
    Stretched,
    Undone,
)

Does = Callable[[], None]

WIDE = 90
"""Signs of a line from which both texts stand side by side; on fewer they stand under each other."""


class Verdict(Enum):
    """What somebody wants with a story."""

    ACCEPTED = auto()
    SKIPPED = auto()
    STOPPED = auto()


class Mode(Enum):
    """What the keys are for."""

    READING = auto()
    CHOOSING = auto()
    ASKING = auto()


@dataclass
class Screen:
    """One story on the screen. `title` says which of how many, `notice` what has to be known first."""

    review: Review
    title: str
    notice: str = ""
    mode: Mode = Mode.READING

    async def show(self) -> tuple[Verdict, Review]:
        """Shows it until somebody is done with it: what they want, and what they made of it."""
        application: Application[Verdict] = Application(
            layout=Layout(self._layout()), key_bindings=_bindings(self), full_screen=True
        )
        verdict = await application.run_async()
        return verdict, self.review

    def does(self, event: Event) -> None:
        """Something was done."""
        self.notice = ""
        self.review = reviewing.step(self.review, event)

    def accept(self) -> bool:
        """Whether the story may be kept so: with something in it that may never leave, no export would take it."""
        kinds = reviewing.left(self.review)
        if kinds:
            self.notice = (
                f"Zo kan dit verhaal niet weg. Er staat nog in: {', '.join(kinds).lower()}. Voeg dat toe met t."
            )
        return not kinds

    def choose(self) -> None:
        """Begins to choose words."""
        self.does(Choosing())
        self.mode = Mode.CHOOSING if self.review.chosen else Mode.READING

    def ask(self) -> None:
        """Asks what is to stand in the place."""
        if self.review.chosen or reviewing.focus(self.review):
            self.mode = Mode.ASKING

    def answer(self, letter: str) -> None:
        """What was asked, by its letter."""
        choices = dict(zip(review_view.LETTERS, reviewing.choices(self.review), strict=False))
        if letter in choices:
            words = choices[letter]
            self.does(Given(words) if self.review.chosen else Changed(words))
            self.mode = Mode.READING

    def back(self) -> None:
        """Out of choosing or asking, with nothing done."""
        self.does(LetGo())
        self.mode = Mode.READING

    def _layout(self) -> HSplit:
        top = Window(FormattedTextControl(lambda: [("reverse", f" {self.title} ")]), height=1)
        return HSplit([top, DynamicContainer(self._texts), self._asking(), self._bottom()])

    def _texts(self) -> HSplit | VSplit:
        columns = get_app().output.get_size().columns
        width = columns // 2 - 3 if columns >= WIDE else columns - 1
        told = _window(lambda: review_view.wrapped(review_view.original(self.review), width))
        instead = _window(lambda: review_view.wrapped(review_view.second(self.review), width))
        if columns >= WIDE:
            return VSplit([told, Window(width=1, char="│"), instead], padding=1)
        return HSplit([told, Window(height=1, char="─"), instead])

    def _asking(self) -> ConditionalContainer:
        menu = Window(
            FormattedTextControl(lambda: _in_lines(review_view.menu(reviewing.choices(self.review)))),
            dont_extend_height=True,
        )
        return ConditionalContainer(menu, Condition(lambda: self.mode is Mode.ASKING))

    def _bottom(self) -> Window:
        return Window(FormattedTextControl(self._help), wrap_lines=True, dont_extend_height=True)

    def _help(self) -> StyleAndTextTuples:
        lines = {
            Mode.READING: review_view.READING,
            Mode.CHOOSING: review_view.CHOOSING,
            Mode.ASKING: review_view.ASKING,
        }
        notice: StyleAndTextTuples = [("bold", f"{self.notice}\n")] if self.notice else []
        return [*notice, *_in_lines([("", lines[self.mode])])]


def _in_lines(fragments: review_view.Fragments) -> StyleAndTextTuples:
    """As wide as the screen."""
    return list(review_view.wrapped(fragments, get_app().output.get_size().columns - 1))


def _window(fragments: Callable[[], review_view.Fragments]) -> Window:
    return Window(FormattedTextControl(lambda: list(fragments())), wrap_lines=True)


def _bindings(screen: Screen) -> KeyBindings:
    keys = KeyBindings()
    for at, does in _reading(screen).items():
        _bind(keys, screen, Mode.READING, at, does)
    for at, does in _choosing(screen).items():
        _bind(keys, screen, Mode.CHOOSING, at, does)
    for letter in review_view.LETTERS:
        _bind(keys, screen, Mode.ASKING, letter, partial(screen.answer, letter))
    for key in ("escape", "backspace"):
        _bind(keys, screen, Mode.ASKING, key, screen.back)
    _ending(keys, screen)
    return keys


def _reading(screen: Screen) -> dict[str, Does]:
    does = screen.does
    return {
        "right": lambda: does(Moved(1)),
        "n": lambda: does(Moved(1)),
        "tab": lambda: does(Moved(1)),
        "left": lambda: does(Moved(-1)),
        "p": lambda: does(Moved(-1)),
        "s-tab": lambda: does(Moved(-1)),
        "w": lambda: does(Removed()),
        "delete": lambda: does(Removed()),
        "W": lambda: does(Removed(everywhere=True)),
        "u": lambda: does(Undone()),
        "v": screen.ask,
        "t": screen.choose,
    }


def _choosing(screen: Screen) -> dict[str, Does]:
    does = screen.does
    return {
        "right": lambda: does(Moved(1)),
        "left": lambda: does(Moved(-1)),
        "+": lambda: does(Stretched(1)),
        "down": lambda: does(Stretched(1)),
        "-": lambda: does(Stretched(-1)),
        "up": lambda: does(Stretched(-1)),
        "enter": screen.ask,
        "escape": screen.back,
        "backspace": screen.back,
    }


def _bind(keys: KeyBindings, screen: Screen, mode: Mode, key: str, does: Does) -> None:
    """What a key does in one mode. Esc is not waited for: no key here begins with it."""

    @keys.add(key, filter=Condition(lambda: screen.mode is mode), eager=key == "escape")
    def _(_: KeyPressEvent) -> None:
        does()


def _ending(keys: KeyBindings, screen: Screen) -> None:
    reading = Condition(lambda: screen.mode is Mode.READING)

    @keys.add("enter", filter=reading)
    def _(event: KeyPressEvent) -> None:
        if screen.accept():
            event.app.exit(result=Verdict.ACCEPTED)

    @keys.add("o", filter=reading)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=Verdict.SKIPPED)

    @keys.add("s", filter=reading)
    @keys.add("c-c")
    @keys.add("c-d")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=Verdict.STOPPED)
