"""Files for tests of reading, made byte by byte or by the library that owns the format."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import TypeAlias

#: A line of a page: left, height on the page and size in points, and its words.
Line: TypeAlias = tuple[int, int, int, str]


def pdf(pages: Sequence[Sequence[Line]], *, info: str = "", encrypt: str = "") -> bytes:
    """Write a PDF whose pages hold lines of Helvetica."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font]
    kids: list[bytes] = []
    for lines in pages:
        shown = b" ".join(_shown(line) for line in lines)
        stream = b"BT " + shown + b" ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    extra = b""
    if info:
        objects.append(f"<< {info} >>".encode("cp1252"))
        extra += b" /Info %d 0 R" % len(objects)
    if encrypt:
        objects.append(encrypt.encode())
        extra += b" /Encrypt %d 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]" % len(
            objects
        )
    return _joined(objects, extra)


def _shown(line: Line) -> bytes:
    left, height, size, words = line
    escaped = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"/F1 %d Tf 1 0 0 1 %d %d Tm (%s) Tj" % (size, left, height, escaped)


def _joined(objects: Sequence[bytes], extra: bytes) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (size, extra, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def locked_pdf() -> bytes:
    """Write a PDF that the empty password does not open."""
    keys = f"/O <{'ab' * 32}> /U <{'cd' * 32}>"
    return pdf([[(72, 700, 11, "Nobody reads this.")]], encrypt=f"<< /Filter /Standard /V 1 /R 2 /P -4 {keys} >>")


def paragraph_pdf() -> bytes:
    """Write a PDF of two pages: a title, two paragraphs, a list; and a page whose first line goes on a sentence."""
    first = [
        (72, 780, 18, "Council warns of cuts"),
        (72, 750, 11, "The council said on Monday that it would act soon and that the sustain-"),
        (72, 737, 11, "ability of its plans was at risk, for it had far too many very high long-"),
        (72, 724, 11, "term debts and had no way to pay for them within the coming three"),
        (72, 711, 11, "years."),
        (72, 687, 11, "It said nothing on the plan of the Norbury NHS Trust, which will cost \xa35m by"),
        (72, 674, 11, "2019. A decision is due."),
        (72, 661, 11, "\u2022 First plan"),
        (72, 648, 11, "\u2022 Second plan"),
    ]
    return pdf([first, [(72, 780, 11, "The second page goes on.")]])


def docx(body: str, *, parts: Mapping[str, str] | None = None, prolog: str = "") -> bytes:
    """Write a Word file from the XML of its body."""
    space = "http://schemas.openxmlformats.org"
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kinds}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{space}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?>{prolog}'
        f'<w:document xmlns:w="{space}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
        **(parts or {}),
    }
    return zipped({name: text.encode() for name, text in files.items()})


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Write a zip of some members, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(zipfile.ZipInfo(name), data, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def locked_zip(name: str, data: bytes) -> bytes:
    """Write a zip whose one member says that it is encrypted."""
    packed = bytearray(zipped({name: data}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = packed.index(mark) + place
        flags = struct.unpack_from("<H", packed, at)[0]
        struct.pack_into("<H", packed, at, flags | 1)
    return bytes(packed)


def crawl(records: Sequence[tuple[str, str, str, bytes]], *, is_packed: bool = False) -> bytes:
    """Write a WARC of responses: address, status line, headers and body of each."""
    out = b""
    for number, (url, status, headers, body) in enumerate(records):
        answer = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
            f"WARC-Date: 2016-11-21T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        record = head.encode() + answer + b"\r\n\r\n"
        out += gzip.compress(record, mtime=0) if is_packed else record
    return out
