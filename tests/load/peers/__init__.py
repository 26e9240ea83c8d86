"""What others would build with well-known libraries, to be measured beside us; run in an environment of its own."""
