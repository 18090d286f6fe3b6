"""What must be true: the row contracts of the records and the table contracts of the published tables."""
