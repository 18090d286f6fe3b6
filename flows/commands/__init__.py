"""What each command does, and how it says what it did."""
