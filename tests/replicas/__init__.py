"""Several bots as processes on one PostgreSQL server, some of which are killed."""
