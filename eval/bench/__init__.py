"""What the house costs: time, memory and disk, at growing sizes and beside others. ``python -m eval.bench`` runs it all.

Each module measures one thing and gives a ``Measured``; none knows how the figures are shown or kept.
"""
