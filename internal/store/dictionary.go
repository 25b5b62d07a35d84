package store

// dictID names the dictionary in every compressed frame. A store that was written
// with a dictionary needs it for ever: another one gets another number.
const dictID = 0x1e70

// dictionary is what every record, digest and entry has in common, so that short
// ones need not spell it out. The commonest stand at the end, as zstd wants it.
const dictionary = `{"published":{"value":"2020-","basis":"given"},"basis":"inferred","basis":"text","claimed":"","role":"translator","role":"author",` +
	`"negated","possible","future","mixed","indirect","LOC","EVT","PRO","ORG","pronoun","nominal","occasion":{"start":,"end":,"text":""},"addressee":"e` +
	`{"start":,"end":,"text":"","form":"nominal"},{"start":,"end":,"text":"","form":"pronoun"},"sector":"GOV","former":true,"roles":[{"text":"` +
	`"code":"ASSAULT","mode":"","modality":"possible","code":"COERCE","code":"MOBILIZE","code":"SANCTION","code":"PROTEST","code":"THREATEN","code":"REJECT",` +
	`"code":"ACCUSE","code":"REQUEST","code":"RETREAT","code":"AID","code":"COOPERATE","code":"CONCEDE","code":"SUPPORT","code":"AGREE","code":"CONSULT","mode":"visit",` +
	`"sketch":[],"marks":["],"findings":[{"item":"v1","sc":["],"tc":["],"place_country":"","keys":["],"kind":"direct","speaker":"","agency":"","agency_key":"","words":` +
	`{"id":"n","kind":"statement","when":"20","code":"","mode":"","modality":"actual","source":[{"kb":"person/","type":"PER","name":"","latin":"","country":"","forms":["` +
	`"],"target":[{"kb":"country/","type":"LOC","name":"","country":""}],"source_country":["RUS"],"target_country":["CHN"],"place":"","text":"","lang":"bg","words":"direct","speaker":"",` +
	`"cue":"","stance":"assert","recalled":false,"origins":1,"confidence":0.9,"reports":[{"doc":"","item":"s1","origin":"","publisher":"","url":"https://","title":"","lang":"ru","published":"2020-","when":"2020-","recalled":true,"story":""}]}` +
	`{"schema":"letopis/record/v1","reading":{"program":"","packs":{"bg":"","en":"","ru":""},"ontology":"","kb":""},"document":{"id":"","url":"https://www.","lang":"en","title":"","text":"",` +
	`"published":{"value":"20","basis":"metadata"},"provenance":[{"role":"agency","name":"","start":0,"end":0,"text":""},{"role":"publisher","name":"","start":0,"end":0,"text":""}]},` +
	`"entities":[{"id":"e1","kb":"","type":"PER","name":"","latin":"","country":"USA","mentions":[{"start":,"end":,"text":"","form":"name","base":""}],"rule":""}],` +
	`"dates":[{"start":,"end":,"text":"","value":"2020-","rule":""}],"statements":[{"id":"s1","kind":"direct","content":{"start":,"end":,"text":""},"speaker":{"entity":"e1","mention":{"start":,"end":,"text":""}},` +
	`"cue":{"start":,"end":,"text":""},"via":[],"date":"20","recalled":false,"confidence":0.8,"rule":""}],"events":[{"id":"v1","code":"CONSULT","goldstein":1,"source":["e1"],"target":["e2"],"source_country":["` +
	`"],"target_country":[],"trigger":{"start":,"end":,"text":""},"evidence":{"start":,"end":,"text":""},"date":"2020-","modality":"actual","recalled":false,"confidence":0.8,"rule":""},`
