"""The way back: corrections that people make in a workbook, or in the terminal UI, become overrides of facts."""
