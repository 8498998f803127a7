r"""The words of the language, in English and in French: what \text says, in the middle of a formula."""

from __future__ import annotations

# Before a condition, and for all else.
IF = {"si", "if"}
ELSE = {"sinon", "otherwise"}
AND = {"et", "and"}
# Before what letters run over, as \forall.
FOR = {
    *("for", "for all", "for every", "for each", "for any"),
    *("pour", "pour tout", "pour tous", "pour toute", "pour toutes", "pour chaque"),
}
# Between two statements that both hold.
LINKS = {
    *("where", "with", "so", "and so", "hence", "thus", "therefore", "i.e.", "i.e", "that is", "since", "because"),
    *("où", "avec", "donc", "d'où", "d’où", "soit", "ainsi", "car"),
    *("c.-à-d.", "c.-à-d", "c'est-à-dire", "c’est-à-dire"),
}
# All that \textrm may say which is no name.
WORDS = IF | ELSE | AND | FOR | LINKS
