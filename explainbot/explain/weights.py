"""Weights of the regression that estimates support, and the thresholds between states.

Written by `tests/benchmarks/train_grounding.py`, from WiCE (Kamoi et al. 2023), BEGIN (Dziri et al. 2022), MTRAG
(Katsis et al. 2025) and values of tau-bench dialogues (Yao et al. 2024).
"""

FOUND = 0.88
"""Least estimated chance for "found": with `COVERED`, right at least 9 times in 10 on every set measured."""

COVERED = 0.8
"""Least share of a statement's weight that its best two passages cover, for "found"."""

PARTLY = 0.5
"""Least estimated chance for "partly found": where the two kinds of mistake weigh the same."""

BIAS = -3.1067
WEIGHTS = (
    1.7939,  # idf coverage by all sources
    1.2956,  # idf coverage by the best two units
    1.3419,  # term coverage by all sources
    0.5024,  # term coverage by the best two units
    0.2931,  # word pairs in the best two units
    0.5113,  # longest common subsequence with the best two units
    -0.2924,  # gap to the best unit of another source
    -0.2897,  # negation differs
    -0.6345,  # speaks of itself
    -0.8969,  # names missing
    0.4185,  # values found
    -1.8065,  # values missing
    -2.8997,  # values in conflict
)
