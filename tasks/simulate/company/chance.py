"""Seeded chance: each noun draws from its own stream, so that a change to one leaves the others as they were."""

from collections.abc import Mapping
from zlib import crc32

import numpy as np


def chance_of(seed: int, noun: str) -> np.random.Generator:
    """The stream of one noun, the same for the same seed on every machine."""
    return np.random.default_rng([seed, crc32(noun.encode())])


def pick(chance: np.random.Generator, weights: Mapping[str, float], count: int) -> np.ndarray:
    """Draw words by their weights."""
    shares = np.array(list(weights.values()), dtype=float)
    return np.array(list(weights), dtype=object)[chance.choice(len(weights), count, p=shares / shares.sum())]
