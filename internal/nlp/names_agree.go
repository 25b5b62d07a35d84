package nlp

// nameVotes counts under which type the document names each stem.
type nameVotes struct{ of []([len(NameTypes)]int32) }

// agree makes the labels of a text consistent.
func (n *Names) agree(b *nameBuffer) {}
