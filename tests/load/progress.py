"""How far the benchmark is, and how long it still takes; knows only the seconds that each step was thought to take."""

from collections.abc import Sequence


class Progress:
    """`expected`: seconds of each step. What goes on takes longer or shorter in the measure of what is done."""

    def __init__(self, expected: Sequence[float]) -> None:
        self._expected = expected
        self._digits = len(str(len(expected)))

    def left(self, done: int, elapsed: float) -> float:
        """Seconds that the rest takes, where so many steps took so long."""
        was, rest = sum(self._expected[:done]), sum(self._expected[done:])
        return rest * elapsed / was if was and elapsed else rest

    def told(self, done: int, elapsed: float) -> str:
        """The step that begins, of how many, and the time that is left, in words."""
        minutes = round(self.left(done, elapsed) / 60)
        left = f"nog {minutes} min" if minutes else "bijna klaar"
        return f"[{done + 1:>{self._digits}} van {len(self._expected)}, {left}]"
