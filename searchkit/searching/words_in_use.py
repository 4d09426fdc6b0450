"""What a searcher tells of words in use: the library calls behind kwic, trend, freq, collocates and their like."""

from __future__ import annotations

from dataclasses import replace

from searchkit import counting
from searchkit.query import Query, nodes
from searchkit.searching.where import Exact, Where

__all__ = ["WordsInUse"]

Filtered = Exact | Where | None

_QUOTATION_MARKS = '"\u201c\u201d\u201e\u00ab\u00bb'


class WordsInUse:
    """Answers questions about words rather than speeches; `where` is that of `search` throughout.

    The counts of all of them agree with each other and with `search`: they come from one counting core.
    """

    def _question(self, query: str | Query, where: Filtered) -> counting.Question:
        raise NotImplementedError

    def kwic(
        self,
        query: str | Query,
        *,
        where: Filtered = None,
        window: int = 10,
        sort: str | None = None,
        limit: int | None = 20,
        offset: int = 0,
    ) -> counting.Concordance:
        """In which surroundings do the words of `query` stand?  A line for each occurrence.

        Arguments:
            window: words of context on either side.
            sort: oldest (the default, but for a `sort:` in the query) or newest first; left or right: by the words
                on that side, from the match out.
            limit, offset: which lines of the whole order are wanted; None for all.

        Raises QueryError where the query cannot be understood, UsageError for an unknown order or a negative number.
        """
        question = self._question(query, where)
        order = sort or (question.sort if question.sort in ("oldest", "newest") else "oldest")
        return counting.kwic(question, window, order, limit, offset)

    def trend(
        self, query: str | Query, by: str = "year", *, where: Filtered = None, sort: str = "count"
    ) -> counting.Trend:
        """How often do the words of `query` stand in each year, month, or value of the facet `by`?

        Periods follow each other without a gap; other values are in the order of `sort`: count, rate (per million
        words) or value.  Rates are of all words of the speeches that the query could have found: those it asks for
        by speaker, date and so on, whatever they say.
        """
        return counting.trend(self._question(query, where), by, sort)

    def freq(
        self, query: str | Query, *, where: Filtered = None, limit: int | None = 50, stop_words: bool = True
    ) -> counting.Frequencies:
        """In which written forms do the words of `query` stand, how often each?

        A query that asks for no word of the text (`speaker:aliyev`) gives the word list of its speeches.
        """
        return counting.frequencies(self._question(query, where), limit, stop_words=stop_words)

    def collocates(
        self, query: str | Query, *, where: Filtered = None, options: counting.CollocateOptions | None = None
    ) -> counting.Collocates:
        """Which words stand near those of `query` more often than chance would have it?"""
        return counting.collocates(self._question(query, where), options or counting.CollocateOptions())

    def keyness(
        self,
        query: str | Query,
        *,
        where: Filtered = None,
        against: str | Query | None = None,
        options: counting.KeynessOptions | None = None,
    ) -> counting.Keyness:
        """Which words set the speeches that answer `query` apart from those that answer `against`, else from the rest?

        `where` chooses the first group only.
        """
        reference = None if against is None else self._question(against, None)
        return counting.keyness(self._question(query, where), reference, options or counting.KeynessOptions())

    def compare(
        self,
        first: str,
        second: str,
        query: str | Query | None = None,
        *,
        where: Where | None = None,
        options: counting.KeynessOptions | None = None,
    ) -> counting.Comparison:
        """What sets two speakers apart, and how often does each say the words of `query`?

        Arguments:
            first, second: words in a row of a speaker's name, as `speaker:"X Y"` has them.
            where: what else must hold for the speeches of both.
        """
        sides = (self._of_speaker(first, where), self._of_speaker(second, where))
        found = counting.keyness(*sides, options or counting.KeynessOptions())
        if query is None:
            return counting.Comparison(found, ())
        asked = (self._of_speaker(first, where, query), self._of_speaker(second, where, query))
        return counting.Comparison(found, tuple(map(counting.usage, asked)))

    def ngrams(
        self,
        query: str | Query,
        size: int = 3,
        *,
        where: Filtered = None,
        limit: int = 30,
        least: int = 2,
        stop_words: bool = True,
    ) -> counting.Ngrams:
        """Which `size` words stand in a row most often, in all speeches that answer `query` or around its words?

        Without `stop_words` an n-gram neither begins nor ends with a little word.
        """
        return counting.ngrams(self._question(query, where), size, limit, least, stop_words=stop_words)

    def first(
        self, phrase: str, *, where: Filtered = None, limit: int | None = 30, altered: bool = True
    ) -> counting.Echoes:
        """Who used `phrase` first, who repeated it, in what order, verbatim or altered?

        An altered repetition keeps three quarters of the words or more, by their stems and in their order.
        """
        plain = phrase.translate(dict.fromkeys(map(ord, _QUOTATION_MARKS)))
        return counting.echoes(self._question(f'"{plain}"', where), plain, limit, altered=altered)

    def similar(self, id: str, *, where: Filtered = None, limit: int = 10) -> list[counting.SimilarSpeech] | None:
        """Which speeches are most similar to the one with this id?  None if no speech has it."""
        question = self._question(nodes.Every(), where)
        return counting.similar(question.engine, id, dict(question.request.filters), limit)

    def _of_speaker(self, name: str, where: Where | None, query: str | Query | None = None) -> counting.Question:
        asked = where or Where()
        named = {**asked.named, "speaker": [name]}
        return self._question(nodes.Every() if query is None else query, replace(asked, named=named))
