"""cleaning: what is the content of a page?  A RawPage goes in; a CleanPage comes out, with an account of the cuts."""

from searchkit.cleaning.cleaner import CleanOptions, clean

__all__ = ["CleanOptions", "clean"]
