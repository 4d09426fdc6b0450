"""identify: which names are one person, and which speeches are one text told again?  What no page says by itself.

Everything here is computed from the set of all speeches of an index, whatever their order and however it was built.
"""
