"""cleaning: what is the content of a page?  A RawPage goes in; a CleanPage comes out, with an account of the cuts."""

from typing import TYPE_CHECKING

from searchkit.exports import load_when_used

if TYPE_CHECKING:
    from searchkit.cleaning.cleaner import CleanOptions, clean
    from searchkit.cleaning.line_rules import rules_of
else:
    load_when_used(__name__, {"cleaner": ("CleanOptions", "clean"), "line_rules": ("rules_of",)})

__all__ = ["CleanOptions", "clean", "rules_of"]
