"""write, search: speeches -> an index -> exact matches.  Which engine holds the speeches and answers?

`scan` looks at each speech (the oracle, and `searchkit.memory`); `embedded` is Whoosh in a folder, the default.
"""
