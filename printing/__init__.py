"""WHAT IS PRINTED: a template and values in, a PDF out, and which letters there are. Knows no text, address or room."""
