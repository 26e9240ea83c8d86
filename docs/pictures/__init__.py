"""The pictures of the README, drawn from what the project itself says; nothing here is needed to run it."""
