"""Swedish as drafting reads it: words and stems, the facts of a text, synonyms, nouns, personal data. Knows nothing of notes, drafts or checks."""
