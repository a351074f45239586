"""The way back: what people change in a workbook becomes corrections of facts."""
