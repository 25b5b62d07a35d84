package main

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/data"
	"letopis/internal/locale"
	"letopis/internal/read"
	"letopis/internal/tsv"
)

// codeLicence is the licence of the code of letopis, whose text is the file LICENSE.
const codeLicence = "Apache-2.0"

// licencesCommand prints under which licences the program and its data stand.
func licencesCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use:     "licences",
		Aliases: []string{"licenses"},
		Short:   "Print the licences of the code, the libraries, the models and the data",
		Long: `Print the licence of the code, of each library linked into this program, of what the
trained models are learnt from, and of the other data. Some data sets forbid
commercial use, and some have no licence file: both are said in so many words.

The libraries are those of this very file, the models those of the data folder
(--data, or the one built in).`,
		Example: `  letopis licences
  letopis licences --ui bg
  letopis --data data licences`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return e.licences() },
	}
}

// licenceRow is a line of licences.tsv: a module, or a file or folder of the data.
type licenceRow struct {
	kind, name, licence, source string
}

// readLicences reads the table of licences, which always is the built-in one: it
// speaks of the libraries in the program.
func readLicences() ([]licenceRow, error) {
	var rows []licenceRow
	err := tsv.Read(data.FS, "licences.tsv", tsv.Fields("kind", "name", "licence", "source?"), func(r tsv.Row) error {
		if k := r.Field(0); k != "module" && k != "data" {
			return r.Errorf(0, "%q, want module or data", k)
		}
		rows = append(rows, licenceRow{r.Field(0), r.Field(1), r.Field(2), r.Field(3)})
		return nil
	})
	return rows, err
}

// licences prints the licences.
func (e *env) licences() error {
	rows, err := readLicences()
	if err != nil {
		return err
	}
	loc, err := locale.Of(e.ui)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s (%s)\n", loc.T("licence.code"), codeLicence, read.Program)
	fmt.Fprintf(&b, "\n%s\n", loc.T("licence.deps"))
	for _, m := range linkedModules() {
		licence := loc.T("licence.unknown")
		if i := slices.IndexFunc(rows, func(r licenceRow) bool { return r.kind == "module" && r.name == m[0] }); i >= 0 {
			licence = rows[i].licence
		}
		fmt.Fprintf(&b, "  %-40s %-10s %s\n", m[0], m[1], licence)
	}
	fmt.Fprintf(&b, "\n%s\n", loc.T("licence.models"))
	nc, err := e.modelLicences(&b, loc)
	if err != nil {
		return err
	}
	fmt.Fprintf(&b, "\n%s\n", loc.T("licence.data"))
	for _, r := range rows {
		if r.kind == "data" {
			fmt.Fprintf(&b, "  %-16s %s: %s\n", r.name, r.licence, r.source)
		}
	}
	if len(nc) > 0 {
		fmt.Fprintf(&b, "\n%s\n", fmt.Sprintf(loc.T("licence.note"), strings.Join(nc, ", ")))
	}
	_, err = io.WriteString(e.stdout, b.String())
	return err
}

// linkedModules returns path and version of every module in this program, and Go's own.
func linkedModules() [][2]string {
	mods := [][2]string{{"std", runtime.Version()}}
	if bi, ok := debug.ReadBuildInfo(); ok {
		for _, m := range bi.Deps {
			if m.Replace != nil {
				m = m.Replace
			}
			mods = append(mods, [2]string{m.Path, m.Version})
		}
	}
	return mods
}

// modelCard is what MODEL.json says of the models of a language.
type modelCard struct {
	Files []struct {
		Name    string `json:"name"`
		Sources []struct {
			Name    string `json:"name"`
			Licence string `json:"licence"`
		} `json:"sources"`
	} `json:"files"`
}

// modelLicences writes what the models of each language are learnt from, and returns
// those whose data forbid commercial use.
func (e *env) modelLicences(b *strings.Builder, loc locale.Texts) (nc []string, err error) {
	bins, err := fs.Glob(e.data, "lang/*/*.bin")
	if err != nil {
		return nil, err
	}
	slices.Sort(bins)
	carded := map[string]bool{}
	cards, err := fs.Glob(e.data, "lang/*/MODEL.json")
	if err != nil {
		return nil, err
	}
	slices.Sort(cards)
	for _, name := range cards {
		var card modelCard
		raw, err := fs.ReadFile(e.data, name)
		if err == nil {
			err = json.Unmarshal(raw, &card)
		}
		if err != nil {
			return nil, &letopis.Error{Op: name, Kind: letopis.Invalid, Err: err}
		}
		for _, f := range card.Files {
			full := path.Join(path.Dir(name), f.Name)
			if !slices.Contains(bins, full) {
				continue // left out
			}
			carded[full] = true
			fmt.Fprintf(b, "  %s\n", full)
			for _, s := range f.Sources {
				if writeSource(b, loc, s.Name, s.Licence) {
					nc = append(nc, full)
				}
			}
		}
	}
	for _, bin := range bins {
		if carded[bin] {
			continue
		}
		fmt.Fprintf(b, "  %s\n    %s\n", bin, loc.T("licence.unknown"))
	}
	slices.Sort(nc)
	return slices.Compact(nc), nil
}

// writeSource writes one data set and reports whether it forbids commercial use.
func writeSource(b *strings.Builder, loc locale.Texts, name, licence string) (forbids bool) {
	fmt.Fprintf(b, "    %s: %s\n", name, licence)
	low := strings.ToLower(licence)
	forbids = strings.Contains(low, "non-commercial") || strings.Contains(licence, "-NC")
	if forbids {
		fmt.Fprintf(b, "      ! %s\n", loc.T("licence.nc"))
	}
	if strings.Contains(low, "no licence") {
		fmt.Fprintf(b, "      ! %s\n", loc.T("licence.unclear"))
	}
	return forbids
}
