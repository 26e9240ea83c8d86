"""Has an assert that fails anywhere under `tests/` tell what it compared, also in what the tests have in common.

It stands here because pytest has to hear it before the first of `tests/` is imported; their fixtures stand there.
"""

import pytest

pytest.register_assert_rewrite("tests")
