"""Across documents: which reprint one another, which events are one occurrence. Pure: nothing here reads a database."""
