"""The policy of a site's pages: what stands in them may run, and nothing else."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from pathlib import Path

import pytest

from tests.conftest import Build, Refused
from verimath.kept.store import Store
from verimath.message.refusal import Refusal
from verimath.site.finished import Finished
from verimath.site.policy import (
    META,
    Policy,
    forbidden,
    loaded,
    protect,
    read_option,
    seen,
    with_meta,
    with_own_scripts,
)

PAGE = "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n<title>a</title>{head}</head><body>{body}</body>"


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def put(folder: Path, **pages: str) -> Path:
    for name, html in pages.items():
        (folder / f"{name}.html").write_bytes(html.encode())
    return folder


def policies(folder: Path) -> list[str]:
    return [found.group() for path in sorted(folder.glob("*.html")) if (found := META.search(path.read_text("utf-8")))]


def test_all_pages_have_one_policy_with_the_hashes_of_all(tmp_path: Path) -> None:
    one = PAGE.format(head="<script>a = 1</script><style>b {}</style>", body="x")
    other = PAGE.format(head="", body="<script type=module>\r\nc\r</script><script type='application/json'>{}</script>")
    assert protect(Finished(put(tmp_path, one=one, other=other, third="plain")), Policy({})) == []
    first, *others = policies(tmp_path)
    assert others == [first, first]
    assert all(hashed(text) in first for text in ("a = 1", "b {}", "\nc\n"))
    assert hashed("{}") not in first
    assert "default-src 'none';" in first
    assert [each for each in first.split(";") if "unsafe-inline" in each] == [" style-src-attr 'unsafe-inline'"]


def test_a_policy_comes_before_all_that_it_is_about(tmp_path: Path) -> None:
    meta = "<meta>"
    assert (
        with_meta("<html><head><meta charset=utf-8><script>", meta) == "<html><head><meta charset=utf-8><meta><script>"
    )
    assert with_meta("<html><head class=a>\n<title>", meta) == "<html><head class=a>\n<meta><title>"
    assert with_meta("<!doctype html><title>", meta) == "<!doctype html><meta><title>"
    assert with_meta("<header>", meta) == "<meta><header>"


def test_a_page_that_is_protected_again_has_the_policy_of_today(tmp_path: Path) -> None:
    page = put(tmp_path, a=PAGE.format(head="", body="<script>old</script>")) / "a.html"
    protect(Finished(tmp_path), Policy({}))
    before = page.read_text("utf-8")
    protect(Finished(tmp_path), Policy({}))
    assert page.read_text("utf-8") == before
    page.write_text(before.replace("old", "new"), "utf-8")
    protect(Finished(tmp_path), Policy({}))
    [said] = META.findall(page.read_text("utf-8"))
    assert hashed("new") in said
    assert hashed("old") not in said


def test_bytes_that_are_no_text_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<head></head>\xff\r\n")
    protect(Finished(tmp_path), Policy({}))
    assert (tmp_path / "a.html").read_bytes().endswith(b"</head>\xff\r\n")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('<p onclick="go()">a</p>', 'a script in an attribute: <p onclick="go()">'),
        ("<a class=b ONLOAD=go()>a</a>", "a script in an attribute: <a class=b ONLOAD=go()>"),
        ('<a href="javascript:go()">a</a>', 'a script in an attribute: <a href="javascript:go()">'),
        ("<script src=//example.org/a.js></script>", "it loads //example.org/a.js"),
        ('<link rel="stylesheet" href="https://fonts.example/css?a&amp;b">', "it loads https://fonts.example/css?a&b"),
        ('<img alt="" src="https://example.org/a.png">', "it loads https://example.org/a.png"),
        ("<iframe src='film.html'></iframe>", "it loads film.html"),
        (
            '<pre class="mermaid"><code>a</code></pre><script src="assets/javascripts/bundle.1a.min.js"></script>',
            "Material draws Mermaid's diagrams by a script of unpkg.com, with style sheets in the page",
        ),
    ],
)
def test_what_the_policy_would_stop_is_refused(tmp_path: Path, body: str, why: str) -> None:
    html = PAGE.format(head="", body=body)
    [problem] = protect(Finished(put(tmp_path, a=html)), Policy({}))
    assert problem.why == why
    assert str(problem).startswith(f"{(tmp_path / 'a.html').as_posix()}: the site's policy stops what this page does\n")
    assert (tmp_path / "a.html").read_text("utf-8") == html


def test_what_all_pages_do_is_said_once(tmp_path: Path) -> None:
    html = PAGE.format(head="", body="<script src=//example.org/a.js></script>")
    [problem] = protect(Finished(put(tmp_path, a=html, b=html, c=html)), Policy({}))
    assert problem.why == "it loads //example.org/a.js, and so do 2 more pages"


@pytest.mark.parametrize(
    "body",
    [
        "<code>&lt;p onclick=go()&gt;</code> once = 1",
        '<a href="https://example.org/a.js">a</a><img src="a.png"><link rel="canonical" href="https://example.org/">',
        "<script>'<p onclick=1>'</script><!-- <script>no</script> -->",
        '<p data-on="a" title="on=b">a</p>',
        # Of another theme, which may have a script of its own for it.
        '<pre class="mermaid"><code>graph TD</code></pre>',
        'mermaid <p class="mermaids">a</p><script src="assets/javascripts/bundle.1a.min.js"></script>',
    ],
)
def test_what_it_lets_pass_is_not_refused(body: str) -> None:
    assert [*forbidden(seen(PAGE.format(head="", body=body)), Policy({}))] == []


def test_a_source_that_the_option_names_is_allowed() -> None:
    policy = read_option(
        {"img-src": "https://example.org", "frame-src": ["'self'", "https://films.example/a/"]}, "m.yml"
    )
    assert policy is not None
    html = (
        "<img src=https://example.org/a.png><iframe src=a.html></iframe><iframe src=https://films.example/a/b></iframe>"
    )
    assert [*forbidden(seen(html), policy)] == []
    assert [problem.why for problem in forbidden(seen("<img src=https://example.com/a.png>"), policy)]
    assert "img-src 'self' data: https://example.org;" in str(policy)
    assert str(policy).endswith("frame-src 'self' https://films.example/a/")


@pytest.mark.parametrize(
    ("option", "why"),
    [
        ({"script": "https://example.org"}, "there is no script"),
        ({"script-src": "'unsafe-inline'"}, "'unsafe-inline' would allow more than one source"),
        ({"img-src": ["*"]}, "* would allow more than one source"),
        ({"img-src": "a; script-src b"}, "a; would allow more than one source"),
    ],
)
def test_an_option_that_would_undo_the_policy_is_refused(option: object, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_option(option, "mkdocs.yml")
    assert refused.value.why == why
    assert str(refused.value).startswith("mkdocs.yml: the option `policy` can't be read\n")


def test_without_the_option_there_is_none(build_site: Build) -> None:
    assert read_option(False, "") is None
    assert META.search(build_site("a\n")["index.md"]) is None
    assert META.search(build_site("a\n", options={"policy": True})["index.md"])


def test_a_site_that_loads_from_elsewhere_says_how_to_allow_it(build_site: Build) -> None:
    page = 'a <img alt="b" src="https://example.org/c.png">\n\n<p onclick="d()">e</p>\n'
    with pytest.raises(Refused) as refused:
        build_site(page, options={"policy": True})
    said = str(refused.value)
    assert said.startswith("site/index.html: the site's policy stops what this page does\n  a script in an attribute")
    assert "`policy: {img-src: https://example.org}`" in said
    assert said.endswith("2 errors")
    assert build_site(
        '<img alt="" src="https://example.org/c.png">\n', options={"policy": {"img-src": "https://example.org"}}
    )


def test_a_script_that_a_server_adds_runs() -> None:
    html = with_meta(
        "<head></head>", f'<meta http-equiv="Content-Security-Policy" data-made-by="verimath" content="{Policy({})}">'
    )
    served = with_own_scripts(f"{html}<script>reload()</script>")
    assert f"script-src {hashed('reload()')} 'self'" in served
    assert with_own_scripts("<script>a</script>") == "<script>a</script>"


def test_links_that_load_are_told_from_those_that_lead() -> None:
    html = '<link rel="preload" as="image" href="//a.example/b"><link rel="preload" as="font" href="//a.example/c">'
    assert [*loaded(html)] == [("img-src", "//a.example/b"), ("font-src", "//a.example/c")]


def test_what_is_kept_of_a_page_is_what_stands_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    store = Store(tmp_path / "kept")
    html = PAGE.format(head="<style>b {}</style>", body="<script>a = 1</script>")
    found = []
    for each in (html, html, html.replace("a = 1", "a = 2"), html.replace("<p", "<p onclick=1").replace("a =", "c =")):
        drawer = store.drawer("finished", "site")
        said = protect(Finished(put(folder, a=each)), Policy({}), drawer)
        assert said == protect(Finished(put(folder, a=each)), Policy({}))
        found += policies(folder)
        store.close()
    assert found[0] == found[1] != found[2] != found[3]
    wrong = PAGE.format(head="", body='<p onclick="go()">a</p>')
    for _ in range(2):
        # What is wrong is said each time.
        site = Finished(put(folder, a=wrong))
        assert [str(each) for each in protect(site, Policy({}), store.drawer("finished", "site"))]
