"""The single checks that ``assistant/draft/check.py`` runs over a draft, one question a module. None of them writes or changes a sentence."""
