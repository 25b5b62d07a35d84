package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/train"
)

// formsFlags are the flags of train forms.
type formsFlags struct{ wheel, wordnet, inflections, out, lang string }

func trainFormsCommand(l *lab) *cobra.Command {
	var f formsFlags
	c := &cobra.Command{
		Use:   "forms",
		Short: "Convert a dictionary of word forms (forms.bin)",
		Long:  "Convert a dictionary of word forms, from pymorphy's dictionary of Russian or from WordNet.",
		Example: `  pip download --no-deps pymorphy3-dicts-ru==2.4.417150.4580142
  letopis-lab train forms --lang ru --wheel pymorphy3_dicts_ru-2.4.417150.4580142-py2.py3-none-any.whl
  apt-get install wordnet-base
  letopis-lab train forms --lang en --wordnet /usr/share/wordnet`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return l.trainForms(f) },
	}
	c.Flags().StringVar(&f.wheel, "wheel", "", "`FILE` of the Python package pymorphy3-dicts-ru")
	c.Flags().StringVar(&f.wordnet, "wordnet", "", "`DIR` of WordNet 3.0 (Debian's package wordnet-base)")
	c.Flags().StringVar(&f.inflections, "inflections", "models/inflections-en.tsv", "`FILE` that says how the words of WordNet are inflected")
	c.Flags().StringVar(&f.out, "out", "data/lang", "`DIR` of the language packs")
	c.Flags().StringVar(&f.lang, "lang", "ru", "language of the dictionary")
	return c
}

// trainForms converts a dictionary of word forms.
func (l *lab) trainForms(f formsFlags) error {
	var b []byte
	var err error
	command := commandOf("forms.bin", f.lang)
	switch {
	case f.wheel != "":
		command += " --wheel " + filepath.Base(f.wheel)
		b, err = train.Forms(f.wheel)
	case f.wordnet != "":
		command += " --wordnet /usr/share/wordnet"
		b, err = train.WordNetForms(f.wordnet, f.inflections)
	default:
		err = &letopis.Error{Op: "train forms", Kind: letopis.Invalid, Err: errors.New("no dictionary is given; name the wheel of pymorphy3-dicts-ru with --wheel, or a folder of WordNet with --wordnet")}
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(l.stdout, "%s forms: %d bytes\n", f.lang, len(b))
	return save(f.out, f.lang, "forms.bin", command, b, nil, nil)
}
