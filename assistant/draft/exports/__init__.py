"""The file formats of ``assistant/draft/export.py``: Word, the organisation's own Word file, Excel, CSV and Markdown. They write what they are given."""
