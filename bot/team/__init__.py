"""The pages for staff, below /team: links, what to hand out, and numbers. They know no story and no teller."""
