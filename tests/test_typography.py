"""A page that is typed plainly comes out as its language is printed; code, formulas and addresses stay as they are."""

from __future__ import annotations

import pytest

from tests.conftest import Build
from tests.markup import soup
from verimath.site.typography import NARROW, WIDE, set_right


def visible(text: str) -> str:
    """Narrow spaces as `_`, no-break spaces as `~`."""
    return text.replace(NARROW, "_").replace(WIDE, "~")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Pourquoi ? Vraiment ! Oui ; non", "Pourquoi_? Vraiment_! Oui_; non"),
        ("Pourquoi? Vraiment! Oui; non", "Pourquoi_? Vraiment_! Oui_; non"),
        ("Pourquoi\n? Quoi ?! Hein ???", "Pourquoi_? Quoi_?! Hein_???"),
        ("(oui ?) « non ! »", "(oui_?) «_non_!_»"),
        ("ceci : cela ; ceci: cela", "ceci~: cela_; ceci~: cela"),
        ("à 12:30, par C:\\dossier", "à 12:30, par C:\\dossier"),
        ("http://a.b/c?d=e;f et a!=b", "http://a.b/c?d=e;f et a!=b"),
        ("«mot», “mot”, « mot »", "«_mot_», «_mot_», «_mot_»"),
        ('le "mot" et ("l\'autre")', "le «_mot_» et («_l’autre_»)"),
        ('un écran de 5" seulement', 'un écran de 5" seulement'),
        ("l'erreur d'Euler, aujourd'hui", "l’erreur d’Euler, aujourd’hui"),
        ("5' et 6''", "5' et 6''"),
        ("et ainsi... de suite", "et ainsi… de suite"),
        ("un mot - une incise - puis la suite", "un mot –~une incise~– puis la suite"),
        ("un mot -- une fin. Et un -- autre.", "un mot –~une fin. Et un –~autre."),
        ("— Bonjour, dit-il.", "—~Bonjour, dit-il."),
        ("5 - 3, -3, --strict, demi-droite", "5 - 3, -3, --strict, demi-droite"),
        ("vaut 0.94 ici, et 1.5 là", "vaut 0,94 ici, et 1,5 là"),
        ("Avec 0.5, puis 10.25 %", "Avec 0,5, puis 10,25 %"),
        ("Python 3.11 à 3.14, CC BY 4.0, version 1.2", "Python 3.11 à 3.14, CC BY 4.0, version 1.2"),
        ("2.1 Définition, 0.5", "2.1 Définition, 0,5"),
        ("<b>2.1</b>. Titre", "<b>2.1</b>. Titre"),
        ("0.94 est grand", "0,94 est grand"),
        ("fig. 3.2, p. 1.4, numpy 2.3", "fig. 3.2, p. 1.4, numpy 2.3"),
        ("§ 3.4, la règle 1.2, 1.6.1, 1.0e-16, v1.2", "§ 3.4, la règle 1.2, 1.6.1, 1.0e-16, v1.2"),
        ("<em>mot</em> ? <b>mot</b>: mot", "<em>mot</em>_? <b>mot</b>~: mot"),
        ("<em>mot </em>? «<em> mot</em> »", "<em>mot_</em>? «_<em>mot</em>_»"),
        ('"<em>un</em> mot"', "«_<em>un</em> mot_»"),
        ("l'<code>x</code> ; l'<em>y</em>", "l’<code>x</code>_; l’<em>y</em>"),
        ("<p>dit \"un</p><p>deux\" fin</p>", "<p>dit \"un</p><p>deux\" fin</p>"),
        ("a&nbsp;? b &lt; c ; d &amp; e", "a_? b &lt; c_; d &amp; e"),
    ],
)  # fmt: skip
def test_text_is_set_as_french_is(typed: str, printed: str) -> None:
    assert visible(set_right(typed, "fr")) == printed
    assert set_right(set_right(typed, "fr"), "fr") == set_right(typed, "fr")
    assert set_right(typed, "en") == typed


@pytest.mark.parametrize(
    "html",
    [
        "<code>a ? b : 0.5</code>",
        "<pre><span>a ; b</span> ... 'x'</pre>",
        '<a href="x?a=1 ; b" title="a ? b > c : d">x</a>',
        '<span class="vm-inline" data-verimath-tex="f : x">f : 0.5</span>',
        '<div class="vm-equation" data-verimath-label="a"><div>a ; 0.5</div> ! </div>',
        '<a class="vm-ref" href="#a">(5.12)</a>',
        '<cite lang="en">What is it? A "review": 0.5</cite>',
        '<span translate="no">a ? <span>b ?</span> c ?</span>',
        "<kbd>a ; b</kbd><samp>0.5 ?</samp><script>a ? b : c</script><style>a : b</style>",
        "<!-- a ? b -->",
    ],
)
def test_what_is_no_text_of_the_language_stays(html: str) -> None:
    assert set_right(html, "fr") == html
    # The twin: around it, text is set.
    assert visible(set_right(f"<p>Oui ? {html} Oui ?</p>", "fr")) == f"<p>Oui_? {html} Oui_?</p>"


PAGE = """\
---
title: Pourquoi ?
description: Un mot ; deux.
---
# Quoi : ceci

## Qu'est-ce ?

Un mot : `a ? b : 0.5`, $x$ ? "Oui" - non, 0.5.

| a ; b |
| --- |
| [c](https://a.b/?c;d "d ; e") ? |

```math {#x name="l'écart : 0.5"}
x
```

Voir [](#x) !
"""


def test_a_page_comes_out_right_with_its_titles(build_site: Build) -> None:
    html = visible(build_site(PAGE, language="fr")["index.md"])
    page = soup(html)
    assert page.title
    assert page.title.get_text() == "Pourquoi_?"
    assert [link.get_text() for link in page.select("nav a")] == ["Quoi~: ceci", "Qu’est-ce_?"]
    assert "Un mot~: <code>a ? b : 0.5</code>, " in html
    assert "«_Oui_» –~non, 0,5." in html
    assert '<a href="https://a.b/?c;d" title="d ; e">c</a>_?' in html
    assert [tag.get_text() for tag in page.select(".vm-name")] == ["l’écart~: 0,5"]
    assert [tag.get_text() for tag in page.select(".vm-ref")] == ["(1, l’écart~: 0,5)"]


def test_an_author_may_leave_it_out(build_site: Build) -> None:
    for options, language in (({"typography": False}, "fr"), ({}, "en")):
        html = build_site(PAGE, language=language, options=options)["index.md"]
        assert "Un mot : <code>" in html
        assert '"Oui" - non, 0.5.' in html
