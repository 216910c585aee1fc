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

BIAS = -4.0672
WEIGHTS = (
    1.8069,  # idf coverage by all sources
    0.5421,  # idf coverage by the best unit
    1.6116,  # idf coverage by the best two units
    0.9792,  # term coverage by all sources
    -0.4840,  # term coverage by the best unit
    0.3072,  # term coverage by the best two units
    -0.4724,  # word pairs in the best two units
    1.1843,  # longest common subsequence with the best two units
    0.2453,  # statement length
    -0.5078,  # gap to the best unit of another source
    -0.5323,  # negation differs
    0.8408,  # words in any source
    -1.0819,  # names missing
    0.4490,  # values found
    -2.2310,  # values missing
    -3.7935,  # values in conflict
)
