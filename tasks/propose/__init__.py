"""A first source file for a delivery that nobody has described yet, to be corrected by a person."""
