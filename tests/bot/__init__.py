"""The channels, the corridor, the settings and the command, each over what is real: HTTP, SQLite, processes."""
