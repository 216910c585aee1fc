"""Weights of the regression that estimates support, and the thresholds between states.

Written by `tests/benchmarks/train_grounding.py`, from WiCE (Kamoi et al. 2023), BEGIN (Dziri et al. 2022), MTRAG
(Katsis et al. 2025) and values of tau-bench dialogues (Yao et al. 2024).
"""

FOUND = 0.9
"""Least estimated chance for "found": with the two below, right at least `RIGHT` of the time on every set measured,
and on one that nothing was fitted on (FaithBench, Bao et al. 2025)."""

RIGHT = 0.9
"""Share of "found" that was right, at least, on each of the sets named above; all of them are English."""

COVERED = 0.8
"""Least share of a statement's weight that its best two passages cover, for "found"."""

IN_ORDER = 0.5
"""Least share of a statement's terms that stand in the best two passages in the same order, for "found": the same words
in another order may say another thing."""

PARTLY = 0.5
"""Least estimated chance for "partly found": where the two kinds of mistake weigh the same."""

BIAS = -3.1056
WEIGHTS = (
    1.7548,  # idf coverage by all sources
    1.3053,  # idf coverage by the best two units
    1.3360,  # term coverage by all sources
    0.5427,  # term coverage by the best two units
    0.2515,  # word pairs in the best two units
    0.5307,  # longest common subsequence with the best two units
    -0.2858,  # gap to the best unit of another source
    -0.2813,  # negation differs
    -0.6134,  # speaks of itself
    -1.1355,  # names missing
    0.4137,  # values found
    -1.9706,  # values missing
    -2.8999,  # values in conflict
)
