"""The whole corridor, as it runs for real: the command, HTTP, the database file, the export."""
