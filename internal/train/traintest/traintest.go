// Package traintest makes small data sets of made-up sentences, in the folders and forms of
// ../shared, so that learning and measuring can be tested from end to end. Only tests import it.
//
// Its invariant: the files are the same on every call, and no sentence is anybody else's.
package traintest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Write makes the data sets in dir, a folder: data/ for the models and measures, and
// gold/dev and gold/news with gold/folds.tsv. There is none for the names of English, which are learnt
// from labels of another program on texts that this package does not have.
func Write(dir string) error {
	w := &writer{dir: filepath.Join(dir, "data")}
	w.trees()
	w.names()
	w.quotes()
	w.pairs()
	w.dir = filepath.Join(dir, "gold")
	w.gold()
	return w.err
}

// writer writes files below a folder until the first error.
type writer struct {
	dir string
	err error
}

func (w *writer) file(name, text string) {
	if w.err != nil {
		return
	}
	path := filepath.Join(w.dir, name)
	if w.err = os.MkdirAll(filepath.Dir(path), 0o777); w.err == nil {
		w.err = os.WriteFile(path, []byte(text), 0o666)
	}
}

// lines writes values as JSON Lines.
func (w *writer) lines(name string, values ...any) {
	var b strings.Builder
	for _, v := range values {
		b.WriteString(w.json(v, "") + "\n")
	}
	w.file(name, b.String())
}

func (w *writer) json(v any, indent string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(v); err != nil && w.err == nil {
		w.err = err
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// mark is a marked part of a text, in code points: its words and what is said of them.
type mark struct {
	start, end int
	words      string
	of         []string
}

// marked takes the marks out of a text: [words|what|more] leaves words.
func marked(s string) (text string, marks []mark) {
	var b strings.Builder
	for {
		before, rest, opens := strings.Cut(s, "[")
		b.WriteString(before)
		if !opens {
			return b.String(), marks
		}
		inner, after, _ := strings.Cut(rest, "]")
		f := strings.Split(inner, "|")
		start := utf8.RuneCountInString(b.String())
		b.WriteString(f[0])
		marks = append(marks, mark{start, start + utf8.RuneCountInString(f[0]), f[0], f[1:]})
		s = after
	}
}

// bsnlp are documents by topic and language; a mark is a name with its category and base form.
var bsnlp = []struct{ topic, lang, text string }{
	{"asia_bibi", "bg", "Съдът се събра\n\nВчера [Петър Колев|PER|Петър Колев] дойде в [Русе|LOC|Русе]. [Колев|PER|Колев] говори пред [Съюза на градинарите|ORG|Съюз на градинарите]."},
	{"brexit", "bg", "Мостът е готов\n\nКметът [Иван Димов|PER|Иван Димов] откри моста в [София|LOC|София]. [Димов|PER|Димов] благодари на [Дружество Мостове|ORG|Дружество Мостове]."},
	{"brexit", "bg", "Нов план\n\n[Анна Янева|PER|Анна Янева] представи план във [Варна|LOC|Варна]. Планът е на [Дружество Мостове|ORG|Дружество Мостове]."},
	{"nord_stream", "bg", "Гости\n\nВ [Пловдив|LOC|Пловдив] пристигна [Иван Петров|PER|Иван Петров]. Той пътува за [София|LOC|София]."},
	{"ryanair", "bg", "Полети\n\n[Мария Колева|PER|Мария Колева] отлетя от [Варна|LOC|Варна] за [Осло|LOC|Осло]."},
	{"brexit", "ru", "Мост открыт\n\nВчера [Пётр Белов|PER|Пётр Белов] открыл мост в [Твери|LOC|Тверь]. [Белов|PER|Белов] благодарил [Союз строителей|ORG|Союз строителей]."},
	{"nord_stream", "ru", "Гости\n\nВ [Москву|LOC|Москва] прибыл [Иван Орлов|PER|Иван Орлов]."},
	{"brexit", "uk", "Міст відкрито\n\nУчора [Петро Зимін|PER|Петро Зимін] відкрив міст у [Києві|LOC|Київ]."},
}

// names writes documents with names, and lists of names.
func (w *writer) names() {
	spans := map[string]string{}
	var dev strings.Builder
	for i, d := range bsnlp {
		text, marks := marked(d.text)
		base := filepath.Join("bsnlp", d.topic, d.lang)
		stem := fmt.Sprintf("%s_%s_%d", d.topic, d.lang, i)
		w.file(filepath.Join(base, "raw", stem+".txt"), fmt.Sprintf("%s\n%s\n2020-03-%02d\nhttps://example.org/%d\n%s", stem, d.lang, i+1, i, text))
		gold := stem + "\n"
		spans[base] += "# " + stem + "\n"
		for k, m := range marks {
			gold += m.words + "\t" + m.of[1] + "\t" + m.of[0] + "\t" + m.of[0] + "-" + m.of[1] + "\n"
			spans[base] += fmt.Sprintf("%d\t%d\t%d\n", m.start, m.end, k+1)
		}
		w.file(filepath.Join(base, "gold", stem+".out"), gold)
		fmt.Fprintf(&dev, "%s/%s/%s\n", d.topic, d.lang, stem)
	}
	for base, text := range spans {
		w.file(filepath.Join(base, "spans.tsv"), text)
	}
	w.file("bsnlp/DEV_cross-topic.txt", dev.String())
	w.file("names/persons_slavic.tsv", "en\tbg\tru\tuk\nIvan Petrov\tИван Петров\tИван Петров\tІван Петров\nAnna Koleva\tАнна Колева\tАнна Колева\tАнна Колева\n")
	w.file("names/locations_slavic.tsv", "en\tbg\tru\tuk\nSofia\tСофия\tСофия\tСофія\nOslo\tОсло\tОсло\tОсло\n")
	text, marks := marked("[Иван Белов|PERSON] приехал в [Тверь|CITY]. Его ждал [Союз строителей|ORGANIZATION].")
	var entities [][]any
	for i, m := range marks {
		entities = append(entities, []any{"T" + strconv.Itoa(i+1), m.of[0], m.start, m.end, m.words})
	}
	w.lines("nerel/nerel_dev.jsonl", map[string]any{"id": "made-up", "lang": "ru", "text": text, "entities": entities})
}

// said are English sentences with who speaks (s), the word of saying (c) and what is said (w).
var said = []string{
	"[The mayor|s] [said|c] that [the bridge would open in May|w]. Nobody asked why.",
	"[Anna Miller|s], who leads the union of gardeners, [told|c] the council [the park was closed|w].",
	"\"[We shall build it|w],\" [said|c] [John Carter|s], a mayor of Norway.",
	"[The ministry of Chile|s] [announced|c] on Monday that [the treaty was signed|w].",
	"According to the report, [Miller|s] [denied|c] that [she had seen the plan|w], and the council left.",
	"[Carter|s] [warned|c] the union that [the road is not safe|w].",
}

// quotes writes texts with what is said in them.
func (w *writer) quotes() {
	var polnear []any
	for n := range 4 {
		type attribution struct {
			Source  [][2]int `json:"source"`
			Cue     [][2]int `json:"cue"`
			Content [][2]int `json:"content"`
		}
		text := "News of the town."
		var all []attribution
		for i := range said {
			part, marks := marked(said[(i+n)%len(said)])
			at := utf8.RuneCountInString(text) + 1
			text += " " + part
			var a attribution
			for _, m := range marks {
				span := [2]int{at + m.start, at + m.end}
				switch m.of[0] {
				case "s":
					a.Source = append(a.Source, span)
				case "c":
					a.Cue = append(a.Cue, span)
				default:
					a.Content = append(a.Content, span)
				}
			}
			all = append(all, a)
		}
		polnear = append(polnear, map[string]any{"id": "made-up-" + strconv.Itoa(n), "date": "2019-05-0" + strconv.Itoa(n+1), "title": "News", "text": text, "attributions": all})
	}
	w.lines("quotes/polnear_en_train290.jsonl", polnear...)
	w.lines("quotes/polnear_en_dev.jsonl", polnear[:1]...)
	var adaq []any
	for i, s := range []string{"[Министр|source] [заявил|cue], [что мост построен|content].", "[Белов|source] [сказал|cue], [что приедет вчера|content]."} {
		text, marks := marked(s)
		var spans []map[string]any
		for _, m := range marks {
			spans = append(spans, map[string]any{"role": m.of[0], "start": m.start, "end": m.end, "text": m.words})
		}
		adaq = append(adaq, map[string]any{"id": "made-up-" + strconv.Itoa(i), "lang": "ru", "text": text, "spans": spans})
	}
	w.lines("quotes/adaq_ru.jsonl", adaq...)
}

// pairs writes sentences with two marked actors: what the first does to the second, and
// whether it acts on it at all.
func (w *writer) pairs() {
	var plv, aw strings.Builder
	plv.WriteString("uid\tsentence\tmarked_sentence\tsource\ttarget\tgold_penta\tgold_root\n")
	aw.WriteString("uid\tdoc_id\tsentence\tmarked_sentence\tsource\ttarget\tgold_binary\n")
	lands := []string{"Chile", "Peru", "Norway", "Kenya", "Nepal"}
	n := 0
	for i, a := range lands {
		for j, b := range lands {
			if i == j {
				continue
			}
			for _, x := range []struct{ verb, quad, root string }{{"signed a treaty with", "1", "AGREE"}, {"sent aid to", "2", "AID"}, {"accused", "3", "ACCUSE"}, {"bombed", "4", "ASSAULT"}} {
				n++
				plain := fmt.Sprintf("%s %s %s on Monday.", a, x.verb, b)
				fmt.Fprintf(&plv, "%d\t%s\t<s>%s</s> %s <t>%s</t> on Monday.\t%s\t%s\t%s\t%s\n", n, plain, a, x.verb, b, a, b, x.quad, x.root)
				acts, marked := 1, fmt.Sprintf("<s>%s</s> %s <t>%s</t> on Monday.", a, x.verb, b)
				if n%2 == 0 {
					acts, marked = 0, fmt.Sprintf("<t>%s</t> %s <s>%s</s> on Monday.", a, x.verb, b)
				}
				fmt.Fprintf(&aw, "%d\t%d\t%s\t%s\t%s\t%s\t%d\n", n, n/4, plain, marked, a, b, acts)
			}
		}
	}
	w.file("plover/PLV_train.tsv", plv.String())
	w.file("plover/AW_train.tsv", aw.String())
}

// annotated are the articles of gold/dev and gold/news: a mark with s, c and w is a statement,
// one with e an event with its code and sides, a and b the words of its sides, and one with d a
// date with its value.
var annotated = []struct {
	set, id, lang, published string
	fold                     int
	text                     string
}{
	{"dev", "made-bg-1", "bg", "2020-12-05", 1, "Министърът на външните работи пристигна в София.\n\n[Министърът|s] [заяви|c], че [мостът ще бъде готов|w] на [3 май|d|2020-05-03]. [Китай|a] [подписа|e|AGREE|CHN|RUS] договор с [Русия|b]."},
	{"dev", "made-bg-2", "bg", "2020-12-06", 2, "„[Ще строим|w]“, [каза|c] [кметът|s] пред журналисти. [Русия|a] [осъди|e|ACCUSE|RUS|POL] [Полша|b] [вчера|d|2020-12-05]."},
	{"dev", "made-ru-1", "ru", "2020-12-05", 2, "[Министр|s] [заявил|c], что [договор будет подписан|w]. [Россия|a] [обвинила|e|ACCUSE|RUS|POL] [Польшу|b] [вчера|d|2020-12-04]."},
	{"dev", "made-en-1", "en", "2020-12-07", 5, "[The minister of Chile|s] [said|c] that [the treaty would be signed|w] in May. [Chile|a] [signed|e|AGREE|CHL|PER] a treaty with [Peru|b] on [December 5|d|2020-12-05]."},
	{"dev", "made-en-2", "en", "2020-12-08", 1, "\"[We will not leave|w],\" [said|c] [John Carter|s]. [Norway|a] [accused|e|ACCUSE|NOR|PER] [Peru|b] of fraud [yesterday|d|2020-12-07]."},
	{"news", "news-bg-1", "bg", "2021-02-02", 2, "[Посланикът|s] [съобщи|c], че [мостът е отворен|w]. [Полша|a] [осъди|e|ACCUSE|POL|RUS] [Русия|b] [вчера|d|2021-02-01]."},
	{"news", "news-ru-1", "ru", "2021-02-03", 7, "[Посол|s] [сообщил|c], что [мост открыт|w]. [Польша|a] [обвинила|e|ACCUSE|POL|RUS] [Россию|b]."},
	{"news", "news-en-1", "en", "2021-02-04", 3, "[The ambassador|s] [said|c] that [the road was open|w]. [Peru|a] [signed|e|AGREE|PER|CHL] a treaty with [Chile|b] on [February 2|d|2021-02-02]."},
}

// gold writes annotated articles and their folds.
func (w *writer) gold() {
	type place struct {
		Text string `json:"text"`
		Occ  int    `json:"occ"`
	}
	folds := "id\tset\tlang\tstory\tfold\n"
	for i, a := range annotated {
		text, marks := marked(a.text)
		at := func(m mark) place {
			before := string([]rune(text)[:m.start])
			return place{m.words, strings.Count(before, m.words) + 1}
		}
		statement := map[string]any{"kind": "indirect", "via": []string{}, "recalled": false}
		if strings.ContainsAny(text, "„\"") {
			statement["kind"] = "direct"
		}
		var dates, events []any
		sided := map[string]any{"modality": "actual", "recalled": false, "main": true, "date": nil, "again": []place{}}
		words := map[string]place{}
		for _, m := range marks {
			p := at(m)
			switch m.of[0] {
			case "s":
				statement["speaker"] = map[string]any{"text": p.Text, "occ": p.Occ, "name": p.Text, "country": nil}
			case "c":
				statement["cue"] = p
			case "w":
				statement["content"] = p
			case "d":
				dates = append(dates, map[string]any{"text": p.Text, "occ": p.Occ, "value": m.of[1]})
			case "a", "b":
				words[m.of[0]] = p
			case "e":
				sided["code"], sided["trigger"] = m.of[1], p
				sided["source"], sided["target"] = []any{map[string]any{"country": m.of[2], "basis": "named"}}, []any{map[string]any{"country": m.of[3], "basis": "named"}}
				events = append(events, map[string]any{"code": m.of[1], "source": []string{m.of[2]}, "target": []string{m.of[3]}, "trigger": p, "modality": "actual", "recalled": false})
			}
		}
		for side, name := range map[string]string{"a": "source", "b": "target"} {
			of := sided[name].([]any)[0].(map[string]any)
			of["text"], of["occ"] = words[side].Text, words[side].Occ
		}
		w.file(filepath.Join(a.set, "articles", a.id+".json"), w.json(map[string]any{"id": a.id, "lang": a.lang, "published": a.published, "title": "", "text": text}, " "))
		w.file(filepath.Join(a.set, "records", a.id+".json"), w.json(map[string]any{"id": a.id, "provenance": map[string]any{"agencies": []string{}}, "dates": dates, "statements": []any{statement}, "events": events, "events2": []any{sided}}, " "))
		folds += fmt.Sprintf("%s\t%s\t%s\t%d\t%d\n", a.id, a.set, a.lang, i, a.fold)
	}
	w.file("folds.tsv", folds)
}
