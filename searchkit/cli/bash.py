"""Completion in bash, which parts a line where searchkit does not: behind the colon of a field, and at an open quote.

What bash offers to replace is only the end of a word: `lee` of `speaker:lee`, and `Lee Hs` of `"Lee Hs`.  So
completions come without what stands before that, and quoted for the place where they go.
"""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import dataclass

from click.shell_completion import BashComplete, CompletionItem, add_completion_class

__all__ = ["Typed", "complete_in_bash", "typed_so_far"]

_LINE = "_SEARCHKIT_LINE"
_BREAKS = "_SEARCHKIT_BREAKS"
_SOURCE = """\
%(complete_func)s() {
    local IFS=$'\\n' response completion type value
    response=$(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD _SEARCHKIT_LINE="${COMP_LINE:0:COMP_POINT}" \\
        _SEARCHKIT_BREAKS="$COMP_WORDBREAKS" %(complete_var)s=bash_complete $1)
    while IFS=, read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("$value"); [[ $value != *: ]] || compopt -o nospace ;;
        esac
    done <<< "$response"
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


@dataclass(frozen=True, slots=True)
class Typed:
    """A line up to the cursor, as bash reads it."""

    words: tuple[str, ...]
    """The whole words, the program's name first."""
    word: str
    """The word at the cursor, its quotes taken off; empty behind a space."""
    kept: str
    """How `word` begins, up to where bash puts a completion."""
    mark: str
    """The quote that is open at the cursor, if any."""


def typed_so_far(line: str, breaks: str) -> Typed:
    """Which words are typed on `line`, and what of the last one does bash replace?  `breaks` part words for it."""
    words: list[str] = []
    word = kept = mark = ""
    begun = False
    chars = iter(line)
    for char in chars:
        if char == "\\" and mark != "'":
            escaped = next(chars, "")
            word += escaped if not mark or escaped in '"\\$`' else char + escaped
            begun = True
        elif mark:
            word, mark = (word, "") if char == mark else (word + char, mark)
        elif char in "'\"":
            mark, kept, begun = char, word, True
        elif char.isspace():
            words += [word] if begun else []
            word, kept, begun = "", "", False
        else:
            word, begun = word + char, True
            kept = word if char in breaks else kept
    return Typed(tuple(words), word, kept, mark)


class _Bash(BashComplete):
    source_template = _SOURCE

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one at the cursor, and that one."""
        line = os.environ.get(_LINE)
        if line is None:
            return super().get_completion_args()
        typed = typed_so_far(line, os.environ.get(_BREAKS, ""))
        return list(typed.words[1:]), typed.word

    def format_completion(self, item: CompletionItem) -> str:
        """A line for the function in bash: what kind of completion, and the text to put in."""
        if item.type != "plain":
            return super().format_completion(item)
        typed = typed_so_far(os.environ.get(_LINE, ""), os.environ.get(_BREAKS, ""))
        return f"plain,{_quoted(str(item.value).removeprefix(typed.kept), typed.mark)}"


def _quoted(text: str, mark: str) -> str:
    """The text as it must stand behind the open quote `mark`, or by itself."""
    if mark == "'":
        return text.replace("'", "'\\''")
    if not mark:
        return shlex.quote(text)
    # Bash closes the quote behind the only completion, but not where that ends with such a mark itself.
    return re.sub(r'(["\\$`])', r"\\\1", text) + (mark if text.endswith(mark) else "")


def complete_in_bash() -> None:
    """Have click complete in bash so."""
    add_completion_class(_Bash)
