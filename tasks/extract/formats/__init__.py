"""What a delivered file may be: one module a format, each giving batches of numbered rows of text."""
