"""The pages of an audit made to stand alone: nothing in them is fetched from anywhere when somebody opens them."""

import re
import shutil
from pathlib import Path

REMOTE = re.compile(
    r"<script[^>]*\bsrc=\"https?:[^>]*>\s*</script>"
    r"|<link[^>]*\bhref=\"https?:[^>]*>"
    r"|<img[^>]*\bsrc=\"https?:[^>]*>",
    re.IGNORECASE,
)
"""What a page of Great Expectations loads from other people's servers: scripts, styles and logos."""

STYLE = """<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 1200px; padding: 0 16px; color: #1d2733; }
nav, footer, .d-print-none, .modal, [data-toggle="modal"], button { display: none; }
.row { display: flex; flex-wrap: wrap; gap: 24px; } .col-lg-2, .col-md-2 { flex: 0 0 200px; }
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


def close_pages(folder: Path) -> None:
    """Cut what the pages would fetch, give them a style of their own, and drop the pictures nothing shows any more."""
    for page in folder.rglob("*.html"):
        html = REMOTE.sub("", page.read_text(encoding="utf-8"))
        page.write_text(html.replace("</head>", STYLE + "</head>", 1), encoding="utf-8")
    shutil.rmtree(folder / "static", ignore_errors=True)
