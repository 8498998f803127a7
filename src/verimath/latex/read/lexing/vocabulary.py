r"""The words of the language, in English and in French: what \text says, in the middle of a formula."""

from __future__ import annotations

# Before a condition, and for all else.
IF = {
    *("if", "when", "whenever", "provided", "provided that", "assuming", "given", "given that"),
    *("si", "lorsque", "quand", "sachant que", "pourvu que"),
}
# Of these, those before a declaration too, \text{given } A \in \mathbb{R}^{n \times n}: it holds by itself.
GIVEN = {"given", "provided", "assuming", "when"}
ELSE = {"sinon", "otherwise"}
AND = {"et", "and"}
# Behind a whole number, with the remainder by 2 that they say.
PARITY = {"even": 0, "is even": 0, "odd": 1, "is odd": 1, "pair": 0, "est pair": 0, "impair": 1, "est impair": 1}
# Before what letters run over, as \forall.
FOR = {
    *("for", "for all", "for every", "for each", "for any"),
    *("pour", "pour tout", "pour tous", "pour toute", "pour toutes", "pour chaque"),
}
# Between two statements that both hold.
LINKS = {
    *("where", "with", "so", "and so", "hence", "thus", "therefore", "i.e.", "i.e", "that is", "since", "because"),
    *("où", "avec", "donc", "d'où", "d’où", "soit", "ainsi", "car"),
    *("then", "we have", "we get", "we obtain", "and hence", "and therefore", "equivalently", "or equivalently", "let"),
    *("it follows that", "consequently", "in particular", "note that", "recall that", "in which", "so that"),
    *("alors", "on a", "on obtient", "et donc", "par conséquent", "en particulier", "de sorte que", "soient"),
    *("as", "puisque", "comme", "parce que"),
    *("c.-à-d.", "c.-à-d", "c'est-à-dire", "c’est-à-dire"),
}
# Of these, those behind which a statement may be a condition.
SUPPOSED = {"where", "with", "où", "avec"}
# At the end of a row, with these a reason begins, which says nothing of when the row holds.
REASONS = {"by", "using", "from", "see", "cf", "par", "selon", "d'après", "d’après", "voir"}
# In brackets behind a claim, words that deny it, or leave open how far it holds: no name of it.
DENIES = {
    *("not", "no", "never", "isn't", "isn’t", "doesn't", "doesn’t", "don't", "don’t", "fails", "fail", "cannot"),
    *("false", "wrong", "incorrect", "untrue", "invalid", "impossible", "absurd", "contradiction", "error", "mistake"),
    *("maybe", "perhaps", "sometimes", "often", "usually", "mostly", "almost", "nearly", "roughly", "approximately"),
    *("approx", "about", "locally", "asymptotically", "formally", "generically", "conjecture", "conjectured"),
    *("pas", "ne", "non", "jamais", "faux", "fausse", "incorrecte", "inexact", "inexacte", "erroné", "erronée"),
    *("absurde", "erreur", "parfois", "souvent", "presque", "environ", "approximativement", "localement"),
    *("formellement", "asymptotiquement", "peut-être"),
}
# All that \textrm may say which is no name.
WORDS = IF | ELSE | AND | FOR | LINKS | {*PARITY}
