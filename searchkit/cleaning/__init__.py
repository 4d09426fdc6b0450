"""cleaning: what is the content of a page?  A RawPage goes in; a CleanPage comes out, with an account of the cuts."""

from searchkit.cleaning.cleaner import CleanOptions, clean
from searchkit.cleaning.line_rules import rules_with

__all__ = ["CleanOptions", "clean", "rules_with"]
