"""From a text to proposals: who said what, which figures, who they are, what it is about. Nothing here is final.

`pipeline.propose` does all of it, documents in and proposals out. In their order, it uses:

- `parsing` and `quotations`: paragraphs, quotation marks, and a dependency parse of each paragraph;
- `attribution`: who said what, by named rules;
- `names`: who and what is named, linked to the reference, and whose word each attribution is;
- `quantities`: figures, what their wording allows, and what they count;
- `relationships`: what a claim is about, its stance, its speech act;
- `proposals`: all this as records with anchors and reasons, and as an explanation in words;
- `processes`: several processes at a time, with results in order.

Spans are of the whole text throughout (`spans`). Only this room knows spaCy, and loads it when it reads.
"""
