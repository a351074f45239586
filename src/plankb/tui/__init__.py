"""The terminal UI: screens and widgets over `kb`; `app.run` is the door. Textual is loaded only when it is used.

What it shows of documents is text, never markup: strings go through `cells.plain` into segments, or as `Text`.
"""
