package nlp

// agree makes the labels of a text consistent.
func (n *Names) agree(b *nameBuffer) {}
