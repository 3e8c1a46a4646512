"""Measuring: gold pages and sentences written for the project, and what the coder makes of them."""
