package proof

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// A Key signs for one installation: an Ed25519 key in the text form of golang.org/x/mod/sumdb/note. It is a note.Signer.
type Key struct {
	note.Signer
	private, public string
	verifier        note.Verifier
}

// GenerateKey makes a new key. The name is printed with every signature; it has neither spaces nor «+».
func GenerateKey(name string) (*Key, error) {
	private, _, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return nil, err
	}
	return ParseKey(private)
}

// ParseKey reads the private form «PRIVATE+KEY+name+hash+base64», alone on its line.
func ParseKey(text string) (*Key, error) {
	text = strings.TrimSuffix(text, "\n")
	s, err := note.NewSigner(text)
	if err != nil {
		return nil, &Error{Text: "Файл ключа подписи повреждён: в нём нет ключа вида PRIVATE+KEY+…", Err: err}
	}
	public, err := publicOf(text)
	if err != nil {
		return nil, &Error{Text: "Файл ключа подписи повреждён: открытая часть не выводится.", Err: err}
	}
	v, err := note.NewVerifier(public)
	if err != nil {
		return nil, &Error{Text: "Файл ключа подписи повреждён: открытая часть не выводится.", Err: err}
	}
	return &Key{Signer: s, private: text, public: public, verifier: v}, nil
}

// Private is the secret text form, to be kept in a file of mode 0600.
func (k *Key) Private() string { return k.private }

// Public is the verifier key «name+hash+base64», to be given to everybody.
func (k *Key) Public() string { return k.public }

// Keys are this key's verifier alone.
func (k *Key) Keys() Keys { return Keys{k.verifier} }

// Keys are the verifier keys that are trusted. They are a note.Verifiers.
type Keys []note.Verifier

// ParseKeys reads verifier keys, one a line; empty lines and lines beginning with # are passed over.
func ParseKeys(text string) (Keys, error) {
	var ks Keys
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		v, err := note.NewVerifier(line)
		if err != nil || !canonicalKey(line) {
			return nil, &Error{Text: fmt.Sprintf("«%s» — не открытый ключ проверки вида имя+число+base64.", line), Err: err}
		}
		ks = append(ks, v)
	}
	return ks, nil
}

// canonicalKey holds a verifier key to one spelling: package note takes other cases of the hash and other last bits.
func canonicalKey(vkey string) bool {
	f := strings.SplitN(vkey, "+", 3)
	raw, err := base64.StdEncoding.Strict().DecodeString(f[2])
	return err == nil && f[1] == strings.ToLower(f[1]) && base64.StdEncoding.EncodeToString(raw) == f[2]
}

// Verifier finds a key by name and hash, as note.Open asks.
func (ks Keys) Verifier(name string, hash uint32) (note.Verifier, error) {
	for _, v := range ks {
		if v.Name() == name && v.KeyHash() == hash {
			return v, nil
		}
	}
	return nil, &note.UnknownVerifierError{Name: name, KeyHash: hash}
}

// sign makes a signed note of a text that ends in a newline.
func sign(text string, s note.Signer) (string, error) {
	b, err := note.Sign(&note.Note{Text: text}, s)
	return string(b), err
}

// open gives back the text of a note signed by exactly one key, a known one, and that key's name. It is stricter than
// note.Open: the bytes must be those that sign gives, so that no byte can change unnoticed.
func open(signed string, ks Keys) (text, name string, err error) {
	n, err := note.Open([]byte(signed), ks)
	if unknown, ok := err.(*note.UnverifiedNoteError); ok {
		return "", "", &Error{Text: fmt.Sprintf("Подпись сделана незнакомым ключом «%s».", unknown.Note.UnverifiedSigs[0].Name), Err: err}
	}
	if _, ok := err.(*note.InvalidSignatureError); ok {
		return "", "", &Error{Text: "Подпись не соответствует тексту: он изменён после подписания.", Err: err}
	}
	if err != nil {
		return "", "", &Error{Text: "Это не подписанный текст: нет строки подписи или она испорчена.", Err: err}
	}
	if len(n.Sigs) != 1 || len(n.UnverifiedSigs) != 0 {
		return "", "", &Error{Text: "Подписей должно быть ровно одна."}
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(n.Sigs[0].Base64)
	if err != nil || len(raw) != 4+64 {
		return "", "", &Error{Text: "Строка подписи испорчена.", Err: err}
	}
	if again := n.Text + "\n— " + n.Sigs[0].Name + " " + n.Sigs[0].Base64 + "\n"; again != signed {
		return "", "", &Error{Text: "В подписанном тексте есть лишние знаки."}
	}
	return n.Text, n.Sigs[0].Name, nil
}

// rawSignature gives the key hash and signature of a note that sign made, 68 bytes.
func rawSignature(signed string) ([]byte, error) {
	line := strings.TrimSuffix(signed[strings.LastIndexByte(strings.TrimSuffix(signed, "\n"), '\n')+1:], "\n")
	raw, err := base64.StdEncoding.Strict().DecodeString(line[strings.LastIndexByte(line, ' ')+1:])
	if err != nil || len(raw) != 4+64 {
		return nil, &Error{Text: "Строка подписи испорчена.", Err: err}
	}
	return raw, nil
}

// verifyRaw finds the key that made a raw signature of text and gives its name.
func (ks Keys) verifyRaw(text string, raw []byte) (name string, err error) {
	hash := binary.BigEndian.Uint32(raw)
	for _, v := range ks {
		if v.KeyHash() != hash {
			continue
		}
		if v.Verify([]byte(text), raw[4:]) {
			return v.Name(), nil
		}
		return "", &Error{Text: "Подпись не соответствует тексту: он изменён после подписания."}
	}
	return "", &Error{Text: fmt.Sprintf("Подпись сделана незнакомым ключом (%08x).", hash)}
}
