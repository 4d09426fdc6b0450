"""compare: two generations of an index -> which speeches are new, changed and withdrawn, word by word?"""

from searchkit.comparing.account import ACCOUNT, read_account, speech_from_json, speech_to_json, write_account
from searchkit.comparing.between import changes_since
from searchkit.comparing.changes import Change, Changes, Kind, compare, first
from searchkit.comparing.former_ids import former_ids
from searchkit.comparing.words import Piece, word_diff

__all__ = [
    "ACCOUNT",
    "Change",
    "Changes",
    "Kind",
    "Piece",
    "changes_since",
    "compare",
    "first",
    "former_ids",
    "read_account",
    "speech_from_json",
    "speech_to_json",
    "word_diff",
    "write_account",
]
