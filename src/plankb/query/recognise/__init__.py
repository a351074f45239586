"""Mentions in a question: names, times, values, keywords, each with its span; what nobody took is a term."""
