"""Mentions linked to what the knowledge base holds: roles, intent, the facts that the topic names."""
