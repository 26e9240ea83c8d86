"""The pages for researchers, over HTTP."""
