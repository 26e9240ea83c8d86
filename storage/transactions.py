"""Whether a transaction may still be used; knows no engine. After a fault, and when it is over, it may not."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import NoReturn

from storage.faults import StorageFault

BROKEN = "Er ging al iets mis in deze transactie. Er is niets bewaard."
OVER = "Deze transactie is al voorbij."


class Watch:
    """Watches one transaction. `told` says what its driver raises in our words."""

    def __init__(self, told: Callable[[], AbstractContextManager[None]]) -> None:
        self._told = told
        self._refusal = ""

    def end(self) -> None:
        """From here on every statement is refused: it would run outside the transaction."""
        self._refusal = OVER

    def check(self) -> None:
        """Raises where nothing more may be done."""
        if self._refusal:
            raise StorageFault(self._refusal)

    def broken_by(self, fault: BaseException) -> NoReturn:
        """A statement failed: raises that in our words, and refuses all that comes after it.

        Also for a cancelled statement: nobody knows whether it ran, so nothing may be built on it.
        """
        self._refusal = BROKEN
        with self._told():
            raise fault
        raise fault

    @contextmanager
    def statement(self) -> Iterator[None]:
        """Around every statement."""
        self.check()
        try:
            yield
        except BaseException as fault:
            self.broken_by(fault)
