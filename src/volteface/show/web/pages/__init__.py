"""One page a file: what is asked of the database, and what its template is given."""
