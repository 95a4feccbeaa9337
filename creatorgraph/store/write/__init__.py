"""Set-based writes: rows are staged by COPY, then merged in one statement. Nobody here commits."""
