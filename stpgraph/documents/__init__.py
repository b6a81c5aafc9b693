"""Documents: files to texts in one normalised form, with what is known of each, and nothing made up.

The normal form of a text is small and final, for every anchor depends on it: it is decoded, a byte order mark at its
start is dropped, line ends become LF (`normalise`). Offsets count Unicode code points of the result. What stands
before that step depends on the kind of file, and is as fixed:

- Plain text is taken as it is, to the last blank. Bytes are UTF-8, UTF-16 or UTF-32 with a byte order mark, UTF-16
  whose zero bytes give it away, or Windows-1252; all but the first are told in the document's remarks (`encodings`).
- A web page is its headline and its main text as trafilatura finds it: one line a paragraph, heading, list item or
  table row, the cells of a row apart by a tab; white space within a line is one blank (`web_pages`).
- A PDF is the text layer of its pages, one after the other. The lines of a paragraph are joined by a blank where it is
  clear that they belong together, a hyphen at the end of a line stays and takes no blank; nothing is joined over the
  end of a page (`pdf`).
- A Word file (DOCX) is one line a paragraph or table row, insertions taken and deletions left out (`word`).

Where the text of such a document is kept, it is the result of these steps that is kept, as UTF-8.

A date, title, outlet or author is what the document states, and None where it states none (`headings`, `web_pages`).
What cannot be read is an `Unread` that says why and what mends it; the others go on (`find_documents`).
"""

from stpgraph.documents.outcomes import PageSpan, ReadDocument, Reason, Source, Unread
from stpgraph.documents.places import LARGEST, find_documents, find_sources
from stpgraph.documents.reading import read_source
from stpgraph.documents.texts import SourceText, find_texts, normalise, read_text, text_hash

__all__ = [
    "LARGEST",
    "PageSpan",
    "ReadDocument",
    "Reason",
    "Source",
    "SourceText",
    "Unread",
    "find_documents",
    "find_sources",
    "find_texts",
    "normalise",
    "read_source",
    "read_text",
    "text_hash",
]
