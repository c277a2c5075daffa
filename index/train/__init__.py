"""Training the project's own Swedish embedder from text that the user points to.

``python -m index.train --out DIR --texts FILE...`` (its help names the form of the files).
Nothing of it is imported when the program runs; what it makes is a folder that ``index.static_model`` reads.
"""
