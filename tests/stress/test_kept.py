"""Whether what went wrong on a bad day is told as it was, so that a run that failed elsewhere can be understood."""

import pytest

from tests.botapi.desk import Call
from tests.stress.kept import screens

CHAT, WORDS = 71_000_001, "Dank u wel."


def test_what_is_said_again_for_no_reason_is_told_with_the_chat() -> None:
    said = Call("sendMessage", {"text": WORDS}, error="", chat_id=CHAT, fault=None, at=1.0)
    with pytest.raises(AssertionError, match=rf"said again though nothing had happened\nassert \[{CHAT}\] == \[\]"):
        screens([said, said], {CHAT: [WORDS]}, kills=[])
