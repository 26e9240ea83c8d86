"""Sets of which one has a question that is read aloud; the sound is silence."""

import shutil
import wave
from pathlib import Path

GOOD = Path(__file__).parents[1] / "sets" / "good"
RATE = 8_000


def sets_read_aloud(folder: Path, seconds: int) -> Path:
    """The good sets in a new folder, with so many seconds of sound in them; the folder."""
    shutil.copytree(GOOD, folder)
    with wave.open(str(folder / "verhaal.wav"), "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(1)
        made.setframerate(RATE)
        made.writeframes(b"\x80" * RATE * seconds)
    return folder
