"""Whether researchers get what was told, all of it, and nothing else."""
