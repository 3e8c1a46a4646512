"""Answers over many records: pure functions on plain arrays and rows; they know neither pages nor the database."""
