"""Backfill: what a past range of a source still lacks, and taking in that and nothing else."""
