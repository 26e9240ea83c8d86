"""What a set or a text must be before anything is said with it; every fault is collected, none is raised alone."""
