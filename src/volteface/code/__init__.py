"""Annotations → proposed events: candidates, type, mode, contexts, numbers, dates, certainty."""
