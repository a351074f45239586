"""plankb: a knowledge base and query assistant for Chinese plan documents."""

__version__ = "0.1.0"
