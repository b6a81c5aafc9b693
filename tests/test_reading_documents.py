"""Reading documents: what each kind of file comes to, and what is said of those that are not read."""

from __future__ import annotations

import gzip
import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stpgraph.documents import PageSpan, ReadDocument, Source, Unread, read_source, text_hash
from stpgraph.documents.pdf import read_pdf
from stpgraph.errors import MissingExtra, SourceTextError
from tests.made_files import docx, locked_pdf, paragraph_pdf, pdf, zipped

PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"

#: The start and the end of a web page's article, long enough to be found as such.
MAIN = (
    "<p>The council said on Monday that it would close two of its five libraries by the end of the year.</p>"
    "<p>It has to find savings of £5m, and has asked the people of Norbury what they would rather keep.</p>"
)


def read(data: bytes, name: str = "a.txt", *, largest: int = 1_000_000, charset: str | None = None) -> ReadDocument:
    """Read bytes that are a document."""
    found = read_source(Source(name=name, data=data, charset=charset), largest=largest)
    assert isinstance(found, ReadDocument), found
    return found


def refused(data: bytes, name: str = "a.txt", *, largest: int = 1_000_000) -> Unread:
    """Read bytes that are none."""
    found = read_source(Source(name=name, data=data), largest=largest)
    assert isinstance(found, Unread), found
    assert found.name == name
    return found


def page(body: str, *, head: str = "", attributes: str = "") -> bytes:
    """Write a web page."""
    return f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>{body}</body></html>".encode()


def test_plain_text_is_taken_as_it_is() -> None:
    """A text keeps its blanks and empty lines; its line ends and mark are those of the normal form, and so its hash."""
    found = read(b"\xef\xbb\xbf  21.11.16\r\nCuts  ahead\r\n\r\nBy the river. \t\r\n")
    assert found.text == "  21.11.16\nCuts  ahead\n\nBy the river. \t\n"
    assert found.text_hash == text_hash("  21.11.16\nCuts  ahead\n\nBy the river. \t\n")
    assert (found.title, found.issued, found.outlet, found.media_type) == (
        "Cuts  ahead",
        "2016-11-21",
        None,
        "text/plain",
    )
    assert (found.remarks, found.pages, found.page_at(3)) == ((), (), None)


def test_markdown_titles_have_no_signs() -> None:
    """The title of a Markdown text is its first heading; the text keeps the sign."""
    found = read(b"# Cuts ahead\n\nThe council said so.\n", "a.md")
    assert (found.title, found.text, found.media_type) == (
        "Cuts ahead",
        "# Cuts ahead\n\nThe council said so.\n",
        "text/markdown",
    )


@pytest.mark.parametrize(
    ("data", "text", "remark"),
    [
        ("naïve £5".encode(), "naïve £5", None),
        (b"\xff\xfe" + "naïve “£5”".encode("utf-16-le"), "naïve “£5”", "It was read as UTF-16-LE."),
        (b"\xfe\xff" + "naïve “£5”".encode("utf-16-be"), "naïve “£5”", "It was read as UTF-16-BE."),
        (b"\xff\xfe\0\0" + "naïve".encode("utf-32-le"), "naïve", "It was read as UTF-32-LE."),
        (
            "a “word” said".encode("utf-16-le"),
            "a “word” said",
            "It has no byte order mark; it was read as UTF-16-LE.",
        ),
        (
            "a “word” said".encode("utf-16-be"),
            "a “word” said",
            "It has no byte order mark; it was read as UTF-16-BE.",
        ),
        (
            b"\x93It\x92s \xa35bn\x94 \x96 said Jo",
            "“It’s £5bn” – said Jo",
            "Its bytes are no UTF-8; they were read as Windows-1252.",
        ),
        (
            "“It’s".encode() + b" \xa35bn\x94 said Jo",
            "“It’s £5bn” said Jo",
            "It is UTF-8, but 2 of its bytes are not, the first at byte 10: read as Windows-1252.",
        ),
        (
            b"caf\xe9 " + "naïve Jo".encode(),
            "café naïve Jo",
            "It is UTF-8, but one of its bytes is not, the first at byte 3: read as Windows-1252.",
        ),
        (
            b"\xef\xbb\xbfcaf\xe9 bar",
            "café bar",
            "Its bytes are no UTF-8; they were read as Windows-1252.",
        ),
    ],
)
def test_encodings_are_told(data: bytes, text: str, remark: str | None) -> None:
    """A text in another encoding is read without loss, and what was chosen is told."""
    found = read(data)
    assert found.text == text
    assert found.remarks == ((remark,) if remark else ())


def test_a_named_encoding_is_believed_where_the_bytes_are_in_it() -> None:
    """What a server names is used for bytes that are no UTF-8; a wrong name gives way to Windows-1252."""
    russian = "Совет заявил".encode("windows-1251")
    found = read(russian, charset="windows-1251")
    assert (found.text, found.remarks) == ("Совет заявил", ("It was read as WINDOWS-1251, as it says.",))
    assert read(b"\xa35bn for Jo", charset="shift_jis2").text == "£5bn for Jo"
    assert read(b"\xa35bn for Jo", charset="unicode_escape").text == "£5bn for Jo"
    assert read("£5".encode(), charset="windows-1251").text == "£5"


@pytest.mark.parametrize(
    ("data", "reason", "message"),
    [
        (b"", "empty", "it is empty"),
        (b" \r\n\t\n", "empty", "it is empty"),
        (b"\xef\xbb\xbf \n", "empty", "it holds no text"),
        (b"\0\x01\x02\0\0\x07abc" * 9, "binary", "it holds zero bytes, and no text"),
        (b"\x01\x02\x03\x04abc" * 9, "binary", "it holds control characters, and no text"),
        (b"\xff\xfea\0\0\0b\0", "binary", "it holds zero characters, and no text"),
        (b"\xff\xfea\0\0\xd8b\0", "bad-encoding", "its byte 2 is not UTF-16-LE, which it begins as"),
        (b"caf\x81 bar", "bad-encoding", "its byte 3 is neither UTF-8 nor Windows-1252"),
        (
            "Привет всем".encode("cp1251"),
            "bad-encoding",
            "its byte 0 is not UTF-8, and read as Windows-1252 it is no text",
        ),
        (b"{\\rtf1 text}", "unknown-format", "it is an RTF file, which is not read"),
        (b"\x89PNG\r\n\x1a\n\0\0", "unknown-format", "it is a picture, which is not read"),
        (b"<?xml version='1.0'?><rss/>", "unknown-format", "it is XML and no web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "unknown-format", "it is an Office file of before 2007"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
            "it is locked by a password",
        ),
        (b"a" * 257 + b"ustar\0", "unknown-format", "it is a tar archive, which is not read"),
        (gzip.compress(b"a", mtime=0), "unknown-format", "it is an archive, and no document"),
        (
            zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}),
            "unknown-format",
            "it is an Office file with no prose",
        ),
        (zipped({"mimetype": b"application/epub+zip"}), "unknown-format", "it is an OpenDocument or EPUB file"),
        (b"PK\x03\x04 and no more", "broken", "it is damaged (BadZipFile: File is not a zip file)"),
    ],
)
def test_what_is_not_read_says_why(data: bytes, reason: str, message: str) -> None:
    """Each reason has its slug, a message, and something to do."""
    found = refused(data)
    assert (found.reason, found.message) == (reason, message)
    assert str(found) == f"a.txt: {message}; {found.mend}"
    assert found.mend


def test_letters_that_pictures_begin_with_are_letters() -> None:
    """A text may begin like a picture, a recording or a packed file."""
    assert read(b"ID3 cards are to go, the council says").title == "ID3 cards are to go, the council says"
    assert read(b"GIF89a is a name of a format").text == "GIF89a is a name of a format"


def test_data_files_are_no_prose() -> None:
    """A file of characters whose ending says that it is data is not read; one with an odd ending is."""
    assert refused(b"a,b\n1,2\n", "a.csv").message == ".csv files hold data and no prose"
    assert read(b"Cuts ahead\n", "21.11.16").title == "Cuts ahead"
    assert read(b"Cuts ahead\n", "README").title == "Cuts ahead"


def test_the_limit_is_in_bytes() -> None:
    """A file of as many bytes as the limit is read, one of a byte more is not."""
    assert read(b"12345", largest=5).text == "12345"
    found = refused(b"123456", largest=5)
    assert (found.reason, found.message) == ("too-large", "it is larger than 5 bytes")


def test_a_web_page_is_its_lines() -> None:
    """Paragraphs, headings, list items, rows and quotations are lines; scripts and menus are none."""
    found = read(
        page(
            "<nav><a href='/'>Home</a></nav><article><h1>Council to close libraries</h1>"
            + MAIN
            + "<h2>Plans</h2><ul><li>Close <b>two</b>  &amp;\n sell</li><li>Keep three</li></ul>"
            "<table><tr><th>Norbury</th><td>44%</td></tr></table><script>alert('Boo')</script></article>"
        ),
        "a.html",
    )
    assert found.text == (
        "Council to close libraries\n"
        "The council said on Monday that it would close two of its five libraries by the end of the year.\n"
        "It has to find savings of £5m, and has asked the people of Norbury what they would rather keep.\n"
        "Plans\nClose two & sell\nKeep three\nNorbury\t44%\n"
    )
    assert (found.title, found.media_type, found.language) == ("Council to close libraries", "text/html", "en")
    assert (found.issued, found.outlet, found.authors, found.url) == (None, None, (), None)


def test_a_web_page_states_itself() -> None:
    """Outlet, author, date, address and language are what the page's head states."""
    head = (
        "<title>Council to close libraries | The Gazette</title><meta property='og:site_name' content='The Gazette'>"
        "<meta name='author' content='Jo Doe'><link rel='canonical' href='https://gazette.example/2015/01/02/a'>"
        "<meta property='article:published_time' content='2016-11-21T23:30:00Z'>"
    )
    found = read(
        page(f"<article><h1>Council to close libraries</h1>{MAIN}</article>", head=head, attributes="lang='en-GB'")
    )
    assert (found.title, found.outlet, found.authors) == ("Council to close libraries", "The Gazette", ("Jo Doe",))
    assert (found.issued, found.url, found.language) == ("2016-11-21", "https://gazette.example/2015/01/02/a", "en-GB")


def test_linked_data_state_a_web_page() -> None:
    """JSON-LD of an article states its date, publisher and authors, also in a graph; if broken it states nothing."""
    article = (
        '{"@graph": [{"@type": "Organization", "name": "X"}, {"@type": ["NewsArticle"], "datePublished": "2016-11",'
        ' "publisher": {"name": "The Gazette"}, "author": [{"name": "Jo Doe"}, {"name": "Kit \\ud800Poe"}]}]}'
    )
    script = "<script type='application/ld+json'>{}</script>"
    found = read(page(MAIN, head=script.format("{broken") + script.format(article)))
    assert (found.issued, found.outlet, found.authors) == ("2016-11", "The Gazette", ("Jo Doe", "Kit \ufffdPoe"))


@pytest.mark.parametrize(
    ("body", "head", "issued"),
    [
        ("<time datetime='2016-11-21'>Monday</time>", "", "2016-11-21"),
        ("<time>21 November 2016</time>", "", "2016-11-21"),
        ("<time datetime='2016-11-21'></time><time datetime='2016-11-22'></time>", "", None),
        ("<time datetime='2016-11-21'></time><time pubdate datetime='2016-11-22'></time>", "", "2016-11-22"),
        ("<aside><time datetime='2016-11-21'></time></aside>", "", None),
        ("", "<meta name='date' content='2016'>", "2016"),
        ("", "<meta name='date' content='03/04/2016'>", None),
        ("", "<meta name='date' content='1970-01-01T00:00:00Z'>", None),
        ("", "<meta name='date' content='soon'><meta name='dc.date' content='2016-11-21'>", "2016-11-21"),
        ("", "<meta property='article:modified_time' content='2016-11-21'>", None),
        ("", "<link rel='canonical' href='https://gazette.example/2016/11/21/a'>", None),
        ("<p>Copyright 2016. It was decided on 21 November 2016 to close them.</p>", "", None),
        ("<img src='/2016/11/21/a.jpg'>", "", None),
    ],
)
def test_a_date_is_stated_or_there_is_none(body: str, head: str, issued: str | None) -> None:
    """A date comes from the head or a `time` element; addresses, pictures and the running text give none."""
    assert read(page(f"<article>{body}{MAIN}</article>", head=head)).issued == issued


def test_a_page_in_an_older_encoding_names_it() -> None:
    """What a page's head says of its encoding is believed for bytes that are no UTF-8."""
    data = page(MAIN.replace("£", "Ł"), head="<meta charset='iso-8859-2'>").decode().encode("iso-8859-2")
    found = read(data)
    assert "savings of Ł5m" in found.text
    assert found.remarks == ("It was read as ISO-8859-2, as it says.",)


def test_pages_that_hold_nothing_or_too_much() -> None:
    """A page without text is empty; one nested beyond reading is told as that; signs that are none do no harm."""
    assert refused(b"<!DOCTYPE html><html><body><script>var a;</script></body></html>").reason == "empty"
    deep = b"<html><body>" + b"<div>" * 100_000 + MAIN.encode() + b"</body></html>"
    assert refused(deep).message == "its elements are nested too deep to be read"
    assert read(b"<html><body><p>Half a sign &#xD800; and a whole one &#x1F600;</p></body></html>").text == (
        "Half a sign \ufffd and a whole one \U0001f600\n"
    )


def test_xhtml_is_a_web_page() -> None:
    """XHTML is known by its namespace, behind its declaration."""
    data = (
        b"<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'><body>" + MAIN.encode() + b"</body></html>"
    )
    assert read(data, "a.xml").media_type == "application/xhtml+xml"


def test_a_pdf_is_its_paragraphs_and_pages() -> None:
    """Lines of a paragraph are one, a hyphen stays, titles and list items stand alone, nothing is joined over pages."""
    found = read(paragraph_pdf(), "a.pdf")
    first = (
        "Council warns of cuts\n"
        "The council said on Monday that it would act soon and that the sustain-ability of its plans was at risk, for "
        "it had far too many very high long-term debts and had no way to pay for them within the coming three years.\n"
        "It said nothing on the plan of the Norbury NHS Trust, which will cost £5m by 2019. A decision is due.\n"
        "• First plan\n• Second plan\n"
    )
    assert found.text == first + "The second page goes on.\n"
    assert found.pages == (PageSpan(1, 0, len(first)), PageSpan(2, len(first), len(first) + 25))
    assert [
        found.page_at(offset) for offset in (-1, 0, len(first) - 1, len(first), len(first) + 24, len(first) + 25)
    ] == [*(None, 1, 1, 2, 2, None)]
    assert (found.title, found.media_type, found.issued) == ("Council warns of cuts", "application/pdf", None)


def test_short_lines_of_a_pdf_stay_apart() -> None:
    """A line that had room for the next word ends its paragraph, as in verses, addresses and minutes."""
    lines = [
        (72, 700, 11, "Present at the meeting of Norbury:"),
        (72, 687, 11, "Councillor Jo Doe, who took the chair"),
        (72, 674, 11, "Councillor Kit Poe, who spoke for the opposition party"),
    ]
    assert read(pdf([lines])).text == (
        "Present at the meeting of Norbury:\nCouncillor Jo Doe, who took the chair\n"
        "Councillor Kit Poe, who spoke for the opposition party\n"
    )


def test_a_pdf_states_its_title_and_author() -> None:
    """The title and author of a PDF are those of its properties, unless a program made them up; its date is not one."""
    lines = [[(72, 700, 11, "Cuts ahead"), (72, 660, 11, "21 November 2016")], []]
    found = read(pdf(lines, info="/Title (Savings plan) /Author (Jo Doe) /CreationDate (D:20150101000000)"))
    assert (found.title, found.authors, found.issued) == ("Savings plan", ("Jo Doe",), "2016-11-21")
    assert found.remarks == ("Page 2 has no text, only pictures or nothing.",)
    assert [span.number for span in found.pages] == [1, 2]
    assert read(pdf(lines, info="/Title (Microsoft Word - a.doc)")).title == "Cuts ahead"


def test_pdfs_that_are_not_read() -> None:
    """A locked PDF, a scan and a damaged one have their reasons, whatever was read before them."""
    for _ in range(2):
        assert refused(locked_pdf(), "a.pdf").reason == "encrypted"
        assert refused(pdf([]), "a.pdf").reason == "broken"
        assert refused(b"%PDF-1.4\nno more", "a.pdf").reason == "broken"
    scan = refused(pdf([[], []]), "a.pdf")
    assert (scan.reason, scan.message) == ("no-text-layer", "none of its 2 pages has text, as in a scan")
    with pytest.raises(SourceTextError, match=r"^its text is longer than 300 characters$"):
        read_pdf(paragraph_pdf(), largest=300)


def test_a_word_file_is_its_paragraphs_and_rows() -> None:
    """Paragraphs, lines within them and rows are lines; insertions are in, deletions out."""
    cell = "<w:tc>" + PARAGRAPH + "</w:tc>"
    body = (
        PARAGRAPH.format("Cuts ahead")
        + "<w:sdt><w:sdtContent>"
        + PARAGRAPH.format("21 November 2016")
        + "</w:sdtContent></w:sdt>"
        + "<w:p><w:r><w:t>He </w:t></w:r><w:ins><w:r><w:t>never</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>always</w:delText></w:r></w:del><w:r><w:t xml:space='preserve"
        "'> said</w:t><w:br/><w:t>so</w:t></w:r></w:p>"
        + "<w:tbl><w:tr>"
        + cell.format("Norbury")
        + cell.format("44%")
        + "</w:tr>"
        + "<w:tr><w:tc>"
        + PARAGRAPH.format("One")
        + PARAGRAPH.format("Two")
        + "</w:tc>"
        + cell.format("Three")
        + "</w:tr></w:tbl>"
    )
    found = read(docx(body), "a.docx")
    assert found.text == "Cuts ahead\n21 November 2016\nHe never said\nso\nNorbury\t44%\nOne\nTwo\nThree\n"
    assert (found.title, found.authors, found.issued, found.remarks) == ("Cuts ahead", (), "2016-11-21", ())


def test_a_word_file_of_python_docx() -> None:
    """Properties give the title and the author; the day of making is not the day of issue."""
    import docx as library

    document = library.Document()
    document.add_heading("A heading", 1)
    document.add_paragraph("The council said so.")
    document.core_properties.title = "Savings plan"
    document.core_properties.author = "Jo Doe"
    out = io.BytesIO()
    document.save(out)
    found = read(out.getvalue())
    assert (found.text, found.title, found.authors) == (
        "A heading\nThe council said so.\n",
        "Savings plan",
        ("Jo Doe",),
    )
    assert found.issued is None
    document.core_properties.author = "python-docx"
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue()).authors == ()


def test_word_files_that_are_not_read() -> None:
    """Entities of its own, text that unpacks to too much, and no text at all are each told."""
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + step)} "{f"&{chr(97 + step)};" * 10}">' for step in range(9)
    )
    assert refused(docx(PARAGRAPH.format("&j;"), prolog=f"{bomb}]>")).reason == "broken"
    outside = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    found = refused(docx(PARAGRAPH.format("Cuts &a;ahead"), prolog=outside))
    assert found.message == "it defines entities of its own, as no Word file does"
    assert refused(docx(PARAGRAPH.format("a" * 3_000_000))).reason == "too-large"
    assert refused(docx("<w:p/>")).reason == "empty"


def test_footnotes_are_told() -> None:
    """A Word file with footnotes says that they were not read."""
    found = read(
        docx(PARAGRAPH.format("Cuts"), parts={"word/footnotes.xml": "<w:footnotes><w:t>a</w:t></w:footnotes>"})
    )
    assert found.remarks == ("Its footnotes were not read.",)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that is not installed ends the run, with what to install."""
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    with pytest.raises(
        MissingExtra, match=r"^reading PDFs needs pypdfium2; get it with: pip install 'stpgraph\[read\]', or"
    ):
        read_source(Source(name="a.pdf", data=paragraph_pdf()), largest=10_000)


STARTS = [
    *(
        b"",
        b"%PDF-1.4\n",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"WARC/1.0\r\n",
        b"<!DOCTYPE html><html><body><p>",
        b"\xff\xfe",
    ),
    *(b"\xfe\xff", b"\xef\xbb\xbf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"<?xml version='1.0'?>"),
]


@given(
    st.sampled_from(STARTS), st.binary(max_size=200), st.sampled_from(["a.txt", "a.html", "a.pdf", "a.docx", "stdin"])
)
def test_any_bytes_are_a_document_or_a_finding(start: bytes, rest: bytes, name: str) -> None:
    """Whatever a file holds, reading it raises nothing; a text that was read is in the normal form."""
    found = read_source(Source(name=name, data=start + rest), largest=1_000)
    if isinstance(found, ReadDocument):
        assert text_hash(found.text) == found.text_hash
        assert "\r" not in found.text
        assert "\0" not in found.text
    else:
        assert found.message
        assert found.mend


@pytest.mark.parametrize("make", [paragraph_pdf, lambda: docx(PARAGRAPH.format("Cuts ahead")), lambda: page(MAIN)])
@given(data=st.data())
def test_damaged_files_are_a_document_or_a_finding(make: object, data: st.DataObject) -> None:
    """A file of each kind with bytes changed or cut off raises nothing."""
    assert callable(make)
    whole = bytearray(make())
    for _ in range(data.draw(st.integers(1, 5))):
        struct.pack_into("B", whole, data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 255)))
    cut = bytes(whole[: data.draw(st.integers(1, len(whole)))])
    assert isinstance(read_source(Source(name="a", data=cut), largest=100_000), ReadDocument | Unread)
