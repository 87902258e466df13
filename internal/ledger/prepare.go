package ledger

import (
	"context"

	"perechen/internal/proof"
	"perechen/internal/register"
)

// chunk is how many entries are handed to the store at once.
const chunk = 256

// prepared is a change looked into and committed to.
type prepared struct {
	noun    noun
	content []byte
	salt    proof.Salt
	commit  proof.Commitment
}

// prepare does all that needs no knowledge of the register.
func prepare(c register.Change) (p prepared, err error) {
	if err := checkKey(c.Kind, c.Key); err != nil {
		return p, err
	}
	switch c.Op {
	case register.Exclude:
		if len(c.Content) != 0 {
			return p, invalid("Исключение (%s «%s») не может нести содержания.", titles[c.Kind], c.Key)
		}
		if _, ok := titles[c.Kind]; !ok {
			return p, invalid("Неизвестный вид записи «%s».", c.Kind)
		}
		p.content = []byte{}
	case register.Include, register.Amend:
		limit := maxContent
		if c.Kind == register.KindProcedure {
			limit = maxProcedureContent
		}
		p.content = c.Encoded()
		if len(p.content) > limit {
			return p, invalid("Слишком длинное содержание (%s «%s»): %d байт при пределе %d.", titles[c.Kind], c.Key, len(p.content), limit)
		}
		known := false
		if c.Content == nil {
			p.noun, known = nounOf(c, p.content)
		}
		if !known {
			if p.noun, err = readNoun(c.Kind, p.content, true); err != nil {
				return p, err
			}
		}
		if p.noun.key != c.Key {
			return p, invalid("Ключ изменения «%s» не равен ключу внутри содержания «%s».", c.Key, p.noun.key)
		}
	default:
		return p, invalid("Неизвестное действие «%s».", c.Op)
	}
	p.salt = proof.NewSalt()
	p.commit = proof.Commit(p.salt, p.content)
	return p, nil
}

// A preparedPart is a run of changes prepared, up to the first that err refuses.
type preparedPart struct {
	prepared []prepared
	err      error
}

// prepareAll prepares changes in order, chunk by chunk, ahead of the one who writes them: decoding and hashing take as
// long as writing, and a machine has two processors. The channel is closed after the last part or when ctx ends.
func prepareAll(ctx context.Context, changes []register.Change) <-chan preparedPart {
	parts := make(chan preparedPart, 4)
	next := func(from int) (part preparedPart) {
		part.prepared = make([]prepared, 0, min(chunk, len(changes)-from))
		for _, c := range changes[from:min(from+chunk, len(changes))] {
			p, err := prepare(c)
			if err != nil {
				part.err = err
				break
			}
			part.prepared = append(part.prepared, p)
		}
		return part
	}
	if len(changes) <= chunk {
		parts <- next(0)
		close(parts)
		return parts
	}
	go func() {
		defer close(parts)
		for from := 0; from < len(changes); from += chunk {
			select {
			case parts <- next(from):
			case <-ctx.Done():
				return
			}
		}
	}()
	return parts
}
