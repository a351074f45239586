"""The ledger as files: the workbook that is filled in, lists and summaries, the calendar."""
