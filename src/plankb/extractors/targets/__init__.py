"""Targets: from a plan's sentences and tables to what it commits to.

The walk of a sentence: `time_scope` says which time holds, `clause` reads a clause into its times, quantities and
slots, `assertion` says which quantities assert something (`shares`: forms that are data; `counts`),
`ellipsis` and `topic` name what is measured, `outcome` reads commitments in words, `reader` makes the records.
"""
