"""CSV: one line a hit, every cell as it stands."""

from __future__ import annotations

import csv
import io
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.models import Hit, Results, Snippet, Speech
from searchkit.presenting import formula_cells, hits_csv


def test_whole(results: Results) -> None:
    assert hits_csv(results) == (
        "id,page,url,title,kind,speaker,role,venue,quoting,event,date,source,language,score,snippets,voice,start,end,"
        "text\r\n"
        "2024/a.html,2024/a.html,https://news.example/a,It is kept,article,Kamran Rzayev,Minister,"
        'Music School; Shusha,Kamran Rzayev,"Opening, the second",2024-06,Caspian Ledger,en,1.5,1,'
        'quoted Kamran Rzayev,22,53,"The Shusha Declaration is kept,"\r\n'
        "s.txt#0badcafe,s.txt,,,,,,,,,,,,,1,speaker,0,31,=1+1 is a declaration in Shusha\r\n"
    )


def test_a_heading_even_without_hits(answer: Any) -> None:
    assert hits_csv(answer(hits=())).count("\n") == 1


def test_formulas_are_counted_and_left_as_they_are(results: Results, answer: Any) -> None:
    assert formula_cells(results) == 1
    assert "=1+1 is a declaration" in hits_csv(results)
    assert formula_cells(answer(hits=results.hits[:1])) == 0


@settings(deadline=None, max_examples=50)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back(text: str) -> None:
    speech = Speech(id="a", page="a", text=text, title=text)
    hit = Hit(speech, None, (Snippet(text, 0, len(text), "speaker"),))
    results = Results("q", "u", 1, 1, None, (hit,))
    _heading, row = csv.reader(io.StringIO(hits_csv(results), newline=""))
    assert (row[3], row[-1]) == (text, text)
