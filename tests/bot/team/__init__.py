"""The pages for staff, over real HTTP and a real database."""
