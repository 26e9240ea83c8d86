"""How long something took this program itself; knows nothing of what it did."""

import time
from pathlib import Path

THREADS = Path("/proc/self/task")
NANOSECONDS = 1e9


def own_time() -> float:
    """Seconds that go on, without those in which a thread of ours could go on and others had the processor.

    So a busy machine makes nothing late. On a quiet one all counts; on a busy one a rest of the program may count as
    somewhat shorter, for the processor can be waited for meanwhile. Linux keeps count of it (sched-stats); elsewhere
    this is the time as it is.
    """
    waited = sum(int(told.read_text().split()[1]) for told in THREADS.glob("*/schedstat"))
    return time.monotonic() - waited / NANOSECONDS
