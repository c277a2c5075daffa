"""Held-out evaluation: what is measured, on which questions, with which systems, and how sure the figures are.

Import from the modules (``from eval.run import evaluate``), never ``import eval``: the name hides a builtin.
"""
