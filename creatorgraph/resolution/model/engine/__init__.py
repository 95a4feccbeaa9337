"""Where Splink scores: DuckDB in this process, or Spark. Both give the same weights."""
