package chronicle

import (
	"strings"
	"testing"
)

// What names an actor is the same in every language and script, and mostly the surname alone.
func TestActorKey(t *testing.T) {
	k, err := names()
	if err != nil {
		t.Fatal(err)
	}
	of := func(name, lang string) string { return actorKey("", "per/"+k.Key(name, lang), name) }
	for _, same := range [][2]string{
		{"Путин bg", "Vladimir Putin en"}, {"Лавров bg", "Сергей Лавров ru"}, {"Мария Захарова ru", "Maria Zakharova en"},
		{"Си Цзинпин ru", "Си Дзинпин bg"}, {"Джонсън bg", "Johnson en"}, {"Уилсън bg", "Уилсон ru"}, {"Урсула фон дер Лайен bg", "Ursula von der Leyen en"},
		{"Денисов bg", "Denisov en"}, {"Чижов ru", "Chizhov en"}, {"Йовчев bg", "Yovchev en"}, {"Николай II ru", "Николай II bg"},
	} {
		a, la, _ := cut(same[0])
		b, lb, _ := cut(same[1])
		if of(a, la) != of(b, lb) {
			t.Errorf("%s is %q, and %s is %q", same[0], of(a, la), same[1], of(b, lb))
		}
	}
	for _, other := range [][2]string{{"Лавров bg", "Лаврик bg"}, {"Меркел bg", "Макрон bg"}, {"Николай II bg", "Александър II bg"}} {
		a, la, _ := cut(other[0])
		b, lb, _ := cut(other[1])
		if of(a, la) == of(b, lb) {
			t.Errorf("%s and %s have one key %q", other[0], other[1], of(a, la))
		}
	}
}

// cut separates a name from its language.
func cut(s string) (name, lang string, ok bool) {
	i := strings.LastIndexByte(s, ' ')
	return s[:i], s[i+1:], i > 0
}

func TestLastSounds(t *testing.T) {
	for key, want := range map[string]string{
		"per/mrn-sdgv": "sdgv", "per/sdgv": "sdgv", "per/vn-a": "vn-a", "org/mdn-grb-blgr": "blgr", "per/ngl-ii": "ngl-ii", "per/a-ngl-ii": "ngl-ii", "pro/bng-737": "bng-737", "pro/s-25": "s-25", "pro/svrn-bdg-2": "bdg-2", "per/": "",
	} {
		if got := actorKey("", key, "x"); got != want {
			t.Errorf("the key of %s is %q, want %q", key, got, want)
		}
	}
	// The knowledge base knows best, and an office has only its words.
	for _, c := range []struct{ kb, key, name, want string }{
		{"person/x", "per/y-zz", "Z", "person/x"}, {"", "", "говорителят на министерството", "~минис"}, {"", "", "говорител", "~говор"}, {"", "", "…", ""},
	} {
		if got := actorKey(c.kb, c.key, c.name); got != c.want {
			t.Errorf("the key of %v is %q, want %q", c, got, c.want)
		}
	}
}
