package chronicle

import (
	"strings"

	"letopis"
)

// party is an actor of a finding: what an entry says of it, and its key in the record.
type party struct {
	letopis.Party
	Key string `json:"key,omitempty"` // as [letopis.Entity].Key
}

// key names the actor, mostly whatever the language and script of the article.
func (p *party) key() string { return actorKey(p.KB, p.Key, p.Name) }

// named reports whether the actor has a name, and not an office alone.
func (p *party) named() bool { return p.KB != "" || p.Key != "" }

func entityKey(e *letopis.Entity) string {
	key := actorKey(e.KB, e.Key, e.Name)
	if key == "" {
		return ""
	}
	return "n:" + key
}

// actorKey names an actor: by the knowledge base; or by the last part of the key that
// the record gives it, since the last word of a name stands alone oftenest in the news;
// or, where only an office is named, by the beginning of its last word.
func actorKey(kb, key, name string) string {
	if kb != "" {
		return kb
	}
	if _, sounds, ok := strings.Cut(key, "/"); ok {
		return lastSounds(sounds)
	}
	words := letopis.Terms(name)
	if len(words) == 0 {
		return ""
	}
	last := []rune(words[len(words)-1])
	return "~" + string(last[:min(len(last), cueRunes)])
}

// lastSounds is the last part of a key: "sdgv" of "mrn-sdgv". The number of a ruler or
// a make stays with the part before it, "ngl-ii", "bng-737", and a part of one sound says too little.
func lastSounds(sounds string) string {
	name := sounds
	if i := strings.LastIndexByte(sounds, '-'); i >= 0 && strings.ContainsAny(sounds[i:], "ix0123456789") { // no consonant is written so
		name = sounds[:i]
	}
	if i := strings.LastIndexByte(name, '-'); len(name)-i > 2 {
		return sounds[i+1:]
	}
	return sounds
}

// plain is a name that no record has a key for: its words, as they are compared for searching.
func plain(name string) string { return strings.Join(letopis.Terms(name), " ") }

// numbers are the numbers among terms that say something: two digits or more, and
// no year, which dates compare.
func numbers(terms []string) []string {
	var all []string
	for _, t := range terms {
		if len(t) < 2 || len(t) > 12 || strings.Trim(t, "0123456789") != "" {
			continue
		}
		if len(t) == 4 && (t[:2] == "19" || t[:2] == "20") {
			continue
		}
		all = append(all, "#"+t)
	}
	return all
}
