"""Files as a stranger would make them, and what the program makes of them: a short run in the suite, a long one by command.

python -m tests.fuzz.libraries --count 1000
python -m tests.fuzz.checkpoints --count 500
python -m tests.fuzz.texts --count 20000
"""
