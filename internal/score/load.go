package score

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"letopis"
)

// maxFile is the size in bytes above which a file is refused: no article, record
// or data set that is measured on comes near it.
const maxFile = 256 << 20

// Case is an annotated article: what the reader sees, and what it should find.
type Case struct {
	File     string // its name in the folders
	Document letopis.Document
	Gold     *Findings
}

// OpenGold reads the gold records of a folder and the articles of the same file
// names, in the order of the names. The error is of kind Invalid or NotFound and names the file.
func OpenGold(articles, gold string) ([]Case, error) {
	entries, err := os.ReadDir(gold)
	if err != nil {
		return nil, &letopis.Error{Op: "gold records", Kind: letopis.NotFound, Err: err}
	}
	var out []Case
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".json") {
			continue
		}
		doc, damaged, err := readArticle(filepath.Join(articles, e.Name()))
		if err != nil {
			return nil, err
		}
		path := filepath.Join(gold, e.Name())
		data, err := readFile(path)
		if err != nil {
			return nil, err
		}
		f, err := ParseGold(data, doc.Text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		f.Damaged = damaged
		out = append(out, Case{File: e.Name(), Document: doc, Gold: f})
	}
	if len(out) == 0 {
		return nil, &letopis.Error{Op: "gold records", Kind: letopis.NotFound, Err: fmt.Errorf("no .json file in %s", gold)}
	}
	return out, nil
}

// OpenSystem reads the record of c from a folder of records; nil where there is none.
func OpenSystem(dir string, c *Case) (*Findings, error) {
	path := filepath.Join(dir, c.File)
	data, err := readFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f, err := ParseSystem(data, c.Document.Text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}

// readArticle reads an article as the gold folders have it; damaged is one whose text lost digits.
func readArticle(path string) (doc letopis.Document, damaged bool, err error) {
	data, err := readFile(path)
	if err != nil {
		return doc, false, err
	}
	var a struct {
		ID        string `json:"id"`
		URL       string `json:"url"`
		Lang      string `json:"lang"`
		Published string `json:"published"`
		Title     string `json:"title"`
		Text      string `json:"text"`
		Damaged   string `json:"damaged"`
	}
	if err := json.Unmarshal(data, &a); err != nil {
		return doc, false, &letopis.Error{Op: "read " + path, Kind: letopis.Invalid, Err: err}
	}
	doc = letopis.Document{ID: letopis.ID(a.ID), URL: a.URL, Lang: a.Lang, Title: a.Title, Text: a.Text}
	if a.Published != "" {
		when, err := letopis.ParseWhen(a.Published)
		if err != nil {
			return doc, false, fmt.Errorf("%s: published: %w", path, err)
		}
		doc.Published = letopis.Published{Value: when, Basis: letopis.BasisMetadata}
	}
	return doc, a.Damaged != "", nil
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &letopis.Error{Kind: letopis.NotFound, Err: err}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if len(data) > maxFile {
		return nil, &letopis.Error{Op: "read " + path, Kind: letopis.Invalid, Err: fmt.Errorf("larger than %d MiB", maxFile>>20)}
	}
	return data, nil
}
