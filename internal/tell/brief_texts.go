package tell

import (
	"embed"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"letopis"
)

//go:embed brief/*.json
var briefFiles embed.FS

// briefTexts are the sentences of a brief in one language, a file of brief/. Texts
// are formats of package fmt with numbered arguments.
type briefTexts struct {
	Title, Lead, Empty, New, Before, Sources string
	Until, Coming, Undated, And              string
	Act, Topic, Quote                        string // an act, or who faces whom, then the words and their language
	Languages                                map[string]string
	Told, Recalled, Stopped                  [2]string                 // sentence, who, when; of one origin and of several; after a sentence that ends in a sign
	Said, Words                              string                    // speaker, words
	Someone                                  string                    // of a country
	ComingAct                                string                    `json:"coming_act"`
	PossibleAct                              string                    `json:"possible_act"`
	NegatedAct                               string                    `json:"negated_act"`
	Plain                                    []string                  // stances of statements that stand for themselves
	Then                                     [2]string                 // as Told, where it was told on the day that it happened
	ThenStopped                              string                    `json:"then_stopped"`
	Credited                                 [2]string                 // as Told, after a sentence that says itself who said so
	Crediting                                string                    // pattern of the end of such a sentence
	Opaque                                   []string                  // beginnings of sentences that point to another, which are told as words
	Openers                                  string                    // pattern of times at the beginning of a sentence, which its date makes idle
	Links                                    []string                  // beginnings that only tie to the sentence before, and are left out
	Fixes                                    [][2]string               // what follows from the words that meet: pattern, replacement
	Day, Month, Year, Range                  string                    // of day, month, year, name of month
	DayMonth                                 string                    `json:"day_month"` // in a year that was named
	Through                                  string                    // of a source: by whom the news came
	Months                                   []string                  // in a date
	MonthNames                               []string                  `json:"month_names"` // alone, where they differ
	Acts                                     map[letopis.Code][]string // by one, by several; as a noun

	fixes   []*regexp.Regexp
	openers *regexp.Regexp
	credits *regexp.Regexp
}

// BriefLanguages returns the languages in which a brief can be written.
func BriefLanguages() []string {
	files, _ := briefFiles.ReadDir("brief") // it is embedded
	var all []string
	for _, f := range files {
		all = append(all, strings.TrimSuffix(f.Name(), ".json"))
	}
	return all
}

func briefTextsOf(lang string) (*briefTexts, error) {
	b, err := briefFiles.ReadFile("brief/" + lang + ".json")
	if err != nil {
		return nil, &letopis.Error{Op: "brief", Kind: letopis.Unsupported, Err: fmt.Errorf("there is no brief in %q; choose one of %s", lang, strings.Join(BriefLanguages(), ", "))}
	}
	t := new(briefTexts)
	if err := json.Unmarshal(b, t); err != nil {
		return nil, fmt.Errorf("brief/%s.json: %w", lang, err)
	}
	if t.openers, err = regexp.Compile("(?i)^(?:" + t.Openers + ")"); err != nil {
		return nil, fmt.Errorf("brief/%s.json: %w", lang, err)
	}
	if t.credits, err = regexp.Compile("(?i)(?:" + t.Crediting + ")$"); err != nil {
		return nil, fmt.Errorf("brief/%s.json: %w", lang, err)
	}
	for _, f := range t.Fixes {
		re, err := regexp.Compile(f[0])
		if err != nil {
			return nil, fmt.Errorf("brief/%s.json: %w", lang, err)
		}
		t.fixes = append(t.fixes, re)
	}
	return t, nil
}
