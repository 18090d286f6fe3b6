"""The pages of an audit made to stand alone: nothing in them is fetched from anywhere when somebody opens them."""

import re
import shutil
from collections.abc import Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from warehouse.audits import AuditLine

REMOTE = re.compile(
    r"<script[^>]*\bsrc=\"https?:[^>]*>\s*</script>"
    r"|<link[^>]*\bhref=\"https?:[^>]*>"
    r"|<img[^>]*\bsrc=\"https?:[^>]*>"
    r"|url\('https?:[^)]*\)"
    r"|<footer>.*?</footer>",
    re.IGNORECASE | re.DOTALL,
)
"""What a page of Great Expectations loads from other people's servers: scripts, styles, logos, advertising."""

UNWRITTEN = re.compile(r"<a\b[^>]*\bhref=\"[^\"]*expectations/[^\"]*\"[^>]*>(.*?)</a>", re.DOTALL)
"""A link to the page of a suite, which is not written: the page of its result says the same."""

STYLE = """<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 1200px; padding: 0 16px; color: #1d2733; }
nav, footer, .modal, .collapse, [data-toggle="collapse"], button, .col-lg-2, .col-md-2 { display: none; }
.row { display: flex; flex-wrap: wrap; gap: 24px; }
.col-lg-10, .col-md-10, .col-12 { flex: 1 1 480px; min-width: 0; }
table { border-collapse: collapse; width: 100%; } ul { list-style: none; padding: 0; }
td, th { border-bottom: 1px solid #d9dfe5; padding: 6px 10px 6px 0; text-align: left; vertical-align: top; }
pre, code { white-space: pre-wrap; word-break: break-word; font-size: 13px; }
a { color: #1f5f8b; } .badge { background: #e8edf2; border-radius: 3px; padding: 0 5px; }
.text-success, .fa-check-circle { color: #1d7a3d; } .text-danger, .fa-times { color: #b3261e; }
.fa-check-circle::before { content: "\\2713"; } .fa-times::before { content: "\\2717"; }
.fa-exclamation-triangle::before { content: "\\26A0"; }
@media (prefers-color-scheme: dark) { body { background: #14181d; color: #dde4ea; } a { color: #8cc1ea; } }
</style>
"""
"""Enough to read the pages by; the library's own styles are on other people's servers."""

INDEX = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Audit {publication_id}</title>{style}</head><body>
<h1>Audit of publication {publication_id}</h1>
<p>As of {as_of}, {rules} rules over {tables} tables. {verdict}</p>
{broken}
<h2>Tables</h2>
<table><tr><th>Table</th><th>Rules</th><th>Broken</th></tr>{rows}</table>
</body></html>
"""
"""The library's own first page is drawn by scripts that it fetches."""


def finish_pages(folder: Path, lines: Sequence[AuditLine], publication_id: str, as_of: str) -> None:
    """Cut what the pages would fetch, give them a style and a first page, and drop the pictures nothing shows."""
    for page in folder.rglob("*.html"):
        html = UNWRITTEN.sub(r"\1", REMOTE.sub("", page.read_text(encoding="utf-8")))
        page.write_text(html.replace("</head>", STYLE + "</head>", 1), encoding="utf-8")
    shutil.rmtree(folder / "static", ignore_errors=True)
    tables = [(name, list(of_table)) for name, of_table in groupby(lines, key=lambda line: line.table_name)]
    index = INDEX.format(
        style=STYLE, publication_id=escape(publication_id), as_of=escape(as_of), rules=len(lines), tables=len(tables),
        verdict=_verdict(lines), broken=_broken(lines), rows="".join(_row(folder, *table) for table in tables),
    )  # fmt: skip
    (folder / "index.html").write_text(index, encoding="utf-8")


def _verdict(lines: Sequence[AuditLine]) -> str:
    broken = [line.severity for line in lines if not line.is_success]
    stopped = "Refused" if "fail" in broken else "Passed"
    return f"{stopped}: broken rules that stop it {broken.count('fail')}, that warn {broken.count('warn')}."


def _broken(lines: Sequence[AuditLine]) -> str:
    broken = sorted((line for line in lines if not line.is_success), key=lambda line: line.severity)
    rows = "".join(
        f"<tr><td>{line.severity}</td><td>{escape(line.table_name)}</td><td>{escape(line.sentence)}</td>"
        f"<td>{escape(line.observed)}</td></tr>"
        for line in broken
    )
    head = "<tr><th>Severity</th><th>Table</th><th>What must be true</th><th>What was found</th></tr>"
    return f"<h2>Broken rules</h2><table>{head}{rows}</table>" if broken else ""


def _row(folder: Path, table: str, lines: Sequence[AuditLine]) -> str:
    page = next(folder.glob(f"validations/{table.replace('.', '/')}/**/*.html"), None)
    name = f'<a href="{page.relative_to(folder)}">{escape(table)}</a>' if page else escape(table)
    return f"<tr><td>{name}</td><td>{len(lines)}</td><td>{sum(not line.is_success for line in lines)}</td></tr>"
