"""Evaluation: ground truth of each protocol, average precision, and runs over a folder of photos."""
