"""Where the company's facts live and how they are shaped: the only folder that speaks DuckDB."""
