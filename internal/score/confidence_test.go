package score

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// claimsOf makes n claims of a rule, the first right of which are right.
func claimsOf(rule, lang string, right, n int, claimed float64) []Claim {
	out := make([]Claim, n)
	for i := range out {
		out[i] = Claim{Rule: rule, Lang: lang, Claimed: claimed, Right: i < right}
	}
	return out
}

func TestCountPrecisions(t *testing.T) {
	claims := slices.Concat(
		claimsOf("quote.cue.say", "en", 28, 30, 0), // of one language: no row of its own
		claimsOf("quote.last", "bg", 0, 25, 0),
		claimsOf("quote.last", "ru", 15, 15, 0), // too few for a row
		claimsOf("noun.плана", "bg", 1, 1, 0),
	)
	p := CountPrecisions(claims)
	got := p.TSV("made-up claims")
	// By hand: all (44+1)/(71+2) = .6164; quote (43+5·.6164)/(70+5) = .6144; quote.last (15+5·.6144)/(40+5) = .4016,
	// in bg (0+5·.4016)/(25+5) = .0669; quote.cue (28+5·.6144)/(30+5) = .8878, quote.cue.say (28+5·.8878)/35 = .9268;
	// noun (1+5·.6164)/6 = .6803, noun.плана (1+5·.6803)/6 = .7336.
	// quote in en and * in en stand for themselves, as others have them.
	want := []string{
		"*\tund\t0.62\t71\t44",
		"*\tbg\t0.13\t26\t1", // (1+5·.6164)/31
		"*\ten\t0.89\t30\t28",
		"noun\tund\t0.68\t1\t1",
		"noun.плана\tund\t0.73\t1\t1",
		"quote\tund\t0.61\t70\t43",
		"quote\tbg\t0.10\t25\t0",
		"quote\ten\t0.89\t30\t28",
		"quote.cue\tund\t0.89\t30\t28",
		"quote.cue.say\tund\t0.93\t30\t28",
		"quote.last\tund\t0.40\t40\t15",
		"quote.last\tbg\t0.07\t25\t0",
	}
	var rows []string
	for line := range strings.Lines(got) {
		if line = strings.TrimSuffix(line, "\n"); line[0] != '#' {
			rows = append(rows, line)
		}
	}
	if !slices.Equal(rows, want) {
		t.Errorf("%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
	if !strings.Contains(got, "# Counted on made-up claims.\n") || !strings.Contains(got, "\n# rule\tlang\tconfidence\tn\tright\n") {
		t.Errorf("header:\n%s", got)
	}
	for _, c := range []struct {
		rule, lang string
		want       float64
	}{
		{"quote.last", "bg", 0.07}, {"quote.last", "ru", 0.40}, {"quote.last.same", "bg", 0.07}, {"quote.new", "en", 0.89},
		{"quote.cue.say.same", "en", 0.93}, {"bare.say", "bg", 0.13}, {"bare.say", "uk", 0.62}, {"", "ru", 0.62},
	} {
		if v := p.Of(c.rule, c.lang); v != c.want {
			t.Errorf("%s in %s: %v, want %v", c.rule, c.lang, v, c.want)
		}
	}
	if v := CountPrecisions(nil).Of("quote", "bg"); v != 0.5 {
		t.Errorf("nothing counted: %v", v)
	}
	sure := CountPrecisions(claimsOf("quote", "bg", 2000, 2000, 0))
	if v := sure.Of("quote", "bg"); v != 0.99 {
		t.Errorf("always right: %v", v)
	}
}

func TestCalibration(t *testing.T) {
	claims := slices.Concat(claimsOf("a", "bg", 9, 10, 0.9), claimsOf("a", "bg", 6, 10, 0.89), claimsOf("a", "bg", 3, 5, 0.5), claimsOf("a", "bg", 0, 1, 0.49))
	want := map[string]struct {
		v float64
		n int
	}{"claimed.9": {0.9, 10}, "claimed.8": {0.6, 10}, "claimed.5": {0.6, 5}, "claimed.0": {0, 1},
		"claimed.error": {(0 + 2.9 + 0.5 + 0.49) / 26, 26}}
	got := Calibration(claims)
	if len(got) != len(want) {
		t.Errorf("%+v", got)
	}
	for _, f := range got {
		if w := want[f.Metric]; math.Abs(f.Value()-w.v) > 1e-9 || f.N != w.n {
			t.Errorf("%s: %v of %d, want %v", f.Metric, f.Value(), f.N, w)
		}
	}
	if Calibration(nil) != nil {
		t.Error("figures of nothing")
	}
}

// TestCrossFit takes the confidence of a claim from the other folds alone.
func TestCrossFit(t *testing.T) {
	var folds [NumFolds][]Claim
	folds[2] = claimsOf("quote", "bg", 0, 3, 0.7)
	folds[5] = claimsOf("quote", "bg", 8, 8, 0.7)
	got := CrossFit(folds)
	// The other folds of the first are right in 8 of 8: all (8+1)/(8+2) = .9, the rule (8+5·.9)/13 = .96;
	// of the second in 0 of 3: all 1/5, the rule (0+5·.2)/8 = .125.
	if len(got) != 11 || got[0].Right || got[0].Claimed != 0.96 || !got[10].Right || got[10].Claimed != 0.13 {
		t.Errorf("%+v", got)
	}
}

func TestClaims(t *testing.T) {
	g := parse(t, ParseGold, gold)
	sys := parse(t, ParseGold, gold)
	other := sys.Statements[0]
	other.Speaker, other.Names, other.Content.Start, other.Rule = Place{}, []string{"Никой"}, 3, "noun.x"
	sys.Statements[0].Rule, sys.Statements[0].Claimed = "quote.x", 0.8
	sys.Statements = append(sys.Statements, other)
	got := StatementClaims("bg", g, sys)
	if want := []Claim{{"quote.x", "bg", 0.8, true}, {"noun.x", "bg", 0, false}}; !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	sys.Statements[0].Names, sys.Statements[0].Speaker = nil, Place{}
	if StatementClaims("bg", g, sys)[0].Right {
		t.Error("right without its speaker")
	}

	sided := sidedCase(t)
	rec := FromRecord(sidedRecord())
	if got := EventClaims("bg", sided, rec); len(got) != 2 || got[0] != (Claim{"event.arrest", "bg", 0.8, false}) {
		t.Errorf("%+v", got)
	}
	rec.Sided[0].Target = sided.Sided[0].Target
	if got := EventClaims("bg", sided, rec); !got[0].Right || got[1].Right {
		t.Errorf("%+v", got)
	}
	if EventClaims("bg", &Findings{}, rec) != nil {
		t.Error("claims without gold")
	}
}

func TestFaultsAreWorseWhereTheyRise(t *testing.T) {
	rows := []Row{{"t", "bg", "invented", 0.40, 1000, true}, {"t", "bg", "found", 0.40, 1000, false}, {"t", "bg", "claimed.9", 0.90, 1000, true}}
	table := FormatRows(rows)
	if !strings.Contains(table, "claimed.9\t0.900\t1000\t-\n") {
		t.Errorf("a step of the calibration gates:\n%s", table)
	}
	rows[0].Value, rows[1].Value, rows[2].Value = 0.30, 0.50, 0.10
	if falls, err := Falls(table, rows); err != nil || len(falls) > 0 {
		t.Errorf("better figures fell: %v %v", falls, err)
	}
	rows[0].Value, rows[1].Value = 0.50, 0.30
	if falls, _ := Falls(table, rows); len(falls) != 2 || !strings.HasPrefix(falls[0], "t bg found") || !strings.HasPrefix(falls[1], "t bg invented: 0.500, was 0.400") {
		t.Errorf("%v", falls)
	}
}
