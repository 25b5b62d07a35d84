package read

// knowledge marks what the knowledge base knows: countries, bodies, outlets, offices.
func (r *reading) knowledge() {}

func (r *reading) countryIn(i, j int) string { return "" }

// office reports whether the head of a phrase is an office or function.
func (r *reading) office(c *chunk) bool { return r.isOffice(c.head) }

func (r *reading) isOffice(i int) bool { return false }

func (r *reading) sector(i int) string { return "" }

func (r *reading) bodyNoun(i int) bool { return false }

func (r *reading) officePrep(t *tok, c *chunk) bool { return false }

func (r *reading) kindOfOutlet(i int) string { return "" }

// adjCountry returns the country of an adjective or demonym at token i, or "".
func (r *reading) adjCountry(i int) string { return "" }

// stateOf returns the entity of a country that token i implies, opening it if needed.
func (r *reading) stateOf(country string, i int) int { return -1 }
