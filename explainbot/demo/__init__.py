"""`explainbot demo`: the whole way of a support question, on a model that runs on this machine, without any key."""
