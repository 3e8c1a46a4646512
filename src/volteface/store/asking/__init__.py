"""Somebody's SQL from a page: what may be asked (`allowed`), of which tables (`views`), in a process of its own
(`child`) that `desk` starts, bounds and ends.
"""
