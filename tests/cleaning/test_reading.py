from __future__ import annotations

import pytest

from searchkit.cleaning.markup import parse_html
from searchkit.cleaning.reading import read_blocks


def blocks(page: str) -> list[str]:
    root = parse_html(page)
    assert root is not None
    return [block.text for block in read_blocks(root).blocks]


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<p>one  <b>two</b>\n three</p>", ["one two three"]),
        ("<p>har<b>bour</b></p>", ["harbour"]),
        ("<div>one<br>two<br><br>three</div>", ["one\ntwo", "three"]),
        ("<pre>one\n  two\n\nthree</pre>", ["one\ntwo", "three"]),
        ("<table><tr><td>Mr Lee:</td><td><p>Thank you.</p></td></tr></table>", ["Mr Lee: Thank you."]),
        ("<dl><dt>Mr Lee</dt><dd>Thank you.</dd><dt>Q:</dt><dd>Why?</dd></dl>", ["Mr Lee\nThank you.", "Q: Why?"]),
        ("<p>He said <q>yes</q>.</p>", ["He said “yes”."]),
        ("<ul><li>one<li>two</ul>", ["one", "two"]),
        ("<p>seen</p><script>x()</script><style>p{}</style><noscript>y</noscript><template>z</template>", ["seen"]),
        ("<p>seen<span hidden>not</span><span style='display:none'>nor</span></p>", ["seen"]),
        ("<button>A</button><button>B</button>", ["A B"]),
        ("<p>قال الرئيس</p>", ["قال الرئيس"]),
    ],
)
def test_blocks(page: str, texts: list[str]) -> None:
    assert blocks(page) == texts


def test_what_is_known_of_a_block() -> None:
    root = parse_html("<nav><a href=/>Home</a> and more</nav><h1>Title</h1><figure>Caption</figure><p>Text</p>")
    assert root is not None
    nav, title, caption, text = read_blocks(root).blocks
    assert (nav.linked, bool(nav.regions), title.heading, caption.boxed) == (4, True, True, True)
    assert (text.linked, text.regions, text.heading, text.boxed) == (0, (), False, False)
