"""compare: two generations of an index -> which speeches are new, changed and withdrawn, word by word?"""

from searchkit.comparing.account import ACCOUNT, read_account, speech_from_json, speech_to_json, write_account
from searchkit.comparing.between import changes_on_cluster, changes_since
from searchkit.comparing.changes import Change, Changes, Kind, compare, first
from searchkit.comparing.former_ids import former_ids
from searchkit.comparing.shadow import Shadow, manifest_of, shadow
from searchkit.comparing.words import Piece, word_diff

__all__ = [
    "ACCOUNT",
    "Change",
    "Changes",
    "Kind",
    "Piece",
    "Shadow",
    "changes_on_cluster",
    "changes_since",
    "compare",
    "first",
    "former_ids",
    "manifest_of",
    "read_account",
    "shadow",
    "speech_from_json",
    "speech_to_json",
    "word_diff",
    "write_account",
]
