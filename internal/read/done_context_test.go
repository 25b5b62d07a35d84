package read_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"letopis"
)

// TestContexts reads what an act is about from its own clause: what another clause of the
// sentence speaks of, and what a word only resembles, tells nothing.
func TestContexts(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		code       letopis.Code
		want       string
	}{
		{"en", "Norway imposed tariffs on Sweden.", letopis.Sanction, "economic"},
		{"en", "Norway accused Sweden of hacking its ministries.", letopis.Accuse, "cyber"},
		{"en", "Norway and Sweden signed an agreement on nuclear disarmament.", letopis.Agree, "cbrn"},
		{"en", "Norway thanked Sweden.", letopis.Support, ""},
		{"en", "Norway thanked Sweden after storms had cut the pipeline.", letopis.Support, ""},
		{"bg", "Норвегия и Швеция подписаха споразумение за природния газ.", letopis.Agree, "natural_resource"},
		{"bg", "Норвегия изпрати на Швеция ваксини.", letopis.Aid, "health"},
		{"bg", "Норвегия благодари на Швеция.", letopis.Support, ""},
		{"bg", "Норвегия обвини Швеция в корупция.", letopis.Accuse, "corruption"},
		{"ru", "Норвегия и Швеция подписали соглашение о морской границе.", letopis.Agree, "territory"},
		{"ru", "Норвегия обвинила Швецию в дезинформации.", letopis.Accuse, "misinformation"},
		{"ru", "Норвегия провела консультации со Швецией.", letopis.Consult, ""}, // no consulate
		{"ru", "Норвегия поблагодарила Швецию.", letopis.Support, ""},
	} {
		doc := &letopis.Document{ID: "t", Lang: c.lang, Text: c.text}
		rec, err := reader(t).Read(context.Background(), doc)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(rec.Events, func(e letopis.Event) bool { return e.Code == c.code })
		if i < 0 {
			t.Errorf("%s: no %s among %d events", c.text, c.code, len(rec.Events))
			continue
		}
		if got := strings.Join(rec.Events[i].Context, " "); got != c.want {
			t.Errorf("%s: contexts %q, want %q", c.text, got, c.want)
		}
	}
}
