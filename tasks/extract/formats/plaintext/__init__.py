"""What journals of plain-text accounting programs have in common: lines, amounts, entries, assertions, rows."""
