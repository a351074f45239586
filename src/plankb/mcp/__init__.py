"""The knowledge base as tools for a language model (Model Context Protocol, over stdio): `plankb mcp`.

`shaping` makes records into bounded, harmless answers; `tools` are the questions; `server` speaks the protocol. Only
`server` knows the SDK, which comes with the extra `plankb[mcp]`.
"""
