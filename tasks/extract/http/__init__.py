"""Asking over HTTP: one noun a module, from the single answer up to the windows that are read."""
