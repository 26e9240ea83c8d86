"""What is learned: exports and reports; never changes what was told and never meets bot."""
