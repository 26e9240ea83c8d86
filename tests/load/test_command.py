"""Whether the command of the load runs says what it needs where only the bot itself is installed."""

import subprocess
import sys

WITHOUT_PSUTIL = "import sys, runpy; sys.modules['psutil'] = None; runpy.run_module('tests.load', run_name='__main__')"


def test_without_the_packages_of_the_tests_it_says_what_to_type() -> None:
    words = [sys.executable, "-c", WITHOUT_PSUTIL, "run", "--help"]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Hiervoor zijn de pakketten van de tests nodig. Typ eerst: make install .venv/.tests\n"
