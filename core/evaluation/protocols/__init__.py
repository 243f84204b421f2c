"""The protocols of ``evaluate``: which photos each query should find, and which do not count."""

from core.evaluation.protocols.benchmark import Benchmark, Question, make_question
from core.evaluation.protocols.load import PROTOCOLS, load_benchmark

__all__ = ["PROTOCOLS", "Benchmark", "Question", "load_benchmark", "make_question"]
