"""What can be printed, whatever somebody typed."""
