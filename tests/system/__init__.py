"""The web chat in a real browser; runs with `make test-system`, where there is one."""
