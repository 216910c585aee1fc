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

BIAS = -3.1044
WEIGHTS = (
    1.7537,  # idf coverage by all sources
    1.2934,  # idf coverage by the best two units
    1.3361,  # term coverage by all sources
    0.5251,  # term coverage by the best two units
    0.2682,  # word pairs in the best two units
    0.5381,  # longest common subsequence with the best two units
    -0.2793,  # gap to the best unit of another source
    -0.2809,  # negation differs
    -0.6172,  # speaks of itself
    -1.1373,  # names missing
    0.4190,  # values found
    -1.9599,  # values missing
    -2.8971,  # values in conflict
)
