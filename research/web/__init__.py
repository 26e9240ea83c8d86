"""The pages for researchers: a web application of its own, which no browser of a resident can reach."""
