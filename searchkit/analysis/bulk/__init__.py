"""Many texts at once: the same words, forms and positions as `analyze`, as flat arrays.

`analyze` is the definition.  Here its rules are asked once for every distinct spelling, separator and character
(`fold`, `end_in`, `stop_behind`, the pattern of words), and what they say is looked up for whole arrays of tokens.
Imports NumPy, so nothing on the way to a query imports this package.
"""

from searchkit.analysis.bulk.analyzer import Batch, BulkAnalyzer

__all__ = ["Batch", "BulkAnalyzer"]
