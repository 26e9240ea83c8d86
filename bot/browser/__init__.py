"""The conversation in any browser: pages from the server, forms back, and nothing that a browser must be able to do."""
