package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"

	"letopis/internal/train"
)

// forms converts a dictionary of word forms, from pymorphy's dictionary of Russian or
// from WordNet:
//
//	pip download --no-deps pymorphy3-dicts-ru==2.4.417150.4580142
//	letopis-train forms -lang ru -wheel pymorphy3_dicts_ru-2.4.417150.4580142-py2.py3-none-any.whl
//	apt-get install wordnet-base
//	letopis-train forms -lang en -wordnet /usr/share/wordnet
func forms(_ context.Context, args []string) error {
	fs := flag.NewFlagSet("forms", flag.ExitOnError)
	wheel := fs.String("wheel", "", "file of the Python package pymorphy3-dicts-ru")
	wordnet := fs.String("wordnet", "", "folder of WordNet 3.0 (Debian's package wordnet-base)")
	inflections := fs.String("inflections", "models/inflections-en.tsv", "how the words of WordNet are inflected")
	out := fs.String("out", "data/lang", "folder of the language packs")
	lang := fs.String("lang", "ru", "language of the dictionary")
	if err := fs.Parse(args); err != nil {
		return err
	}
	var b []byte
	var err error
	command := commands["forms.bin"] + " -lang " + *lang
	switch {
	case *wheel != "":
		command += " -wheel " + filepath.Base(*wheel)
		b, err = train.Forms(*wheel)
	case *wordnet != "":
		command += " -wordnet /usr/share/wordnet"
		b, err = train.WordNetForms(*wordnet, *inflections)
	default:
		err = errors.New("no dictionary is given; name the wheel of pymorphy3-dicts-ru with -wheel, or a folder of WordNet with -wordnet")
	}
	if err != nil {
		return err
	}
	fmt.Printf("%s forms: %d bytes\n", *lang, len(b))
	return save(*out, *lang, "forms.bin", command, b, nil, nil)
}
