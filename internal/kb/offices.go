package kb

// Offices returns the ids of all offices and organs, sorted.
func (k *KB) Offices() []string { return k.ids(inOffices) }
