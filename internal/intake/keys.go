package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"golang.org/x/net/idna"

	"perechen/internal/lang"
)

// letters spells Russian letters in Latin ones for keys; readable, not a standard.
var letters = map[rune]string{'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ж': "zh", 'з': "z", 'и': "i", 'й': "j",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "h",
	'ц': "c", 'ч': "ch", 'ш': "sh", 'щ': "sch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya"}

// latinise spells a folded text with [a-z0-9-], words joined by hyphens, whole words only up to about n letters.
func latinise(folded string, n int) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(folded, func(r rune) bool {
		return letters[r] == "" && r != 'ъ' && r != 'ь' && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}) {
		var s strings.Builder
		for _, r := range w {
			if l, ok := letters[r]; ok {
				s.WriteString(l)
			} else {
				s.WriteRune(r)
			}
		}
		if b.Len() > 0 && b.Len()+1+s.Len() > n {
			break
		}
		if s.Len() == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('-')
		}
		b.WriteString(s.String())
		if b.Len() >= n {
			break
		}
	}
	return strings.TrimRight(b.String()[:min(b.Len(), n)], "-")
}

// wordKey is a key of some first words and a short hash of the identity: «uvolnenie-s-gosudarstvennoj-1a2b3c».
func wordKey(identity string, n int) string {
	sum := sha256.Sum256([]byte(identity))
	tail := hex.EncodeToString(sum[:3])
	if head := latinise(identity, n); head != "" {
		return head + "-" + tail
	}
	return "x-" + tail
}

// contactKey is the key of a point with a contact: «tel-78672649022», «mail-info@trud.alania.gov.ru», «vk-komzan15».
func contactKey(kind, canon string) string {
	id := contactID(canon)
	prefix := "site-"
	switch {
	case kind == kPhone, strings.HasPrefix(canon, "+"):
		if prefix = "tel-"; kind != kPhone {
			prefix = kind + "-"
		}
		id = strings.TrimPrefix(strings.ReplaceAll(id, ";ext=", "-"), "+")
	case kind == kEmail:
		prefix = "mail-"
	default:
		host, path, _ := strings.Cut(id, "/")
		if n := networks[host]; n != "" && path != "" {
			prefix, id = n+"-", path
		}
	}
	return keySafe(prefix, id)
}

// keySafe makes a key of any text: it is spelt in Latin; what is lost or too long is replaced by a hash.
func keySafe(prefix, id string) string {
	if strings.Contains(id, "xn--") {
		host, rest, _ := strings.Cut(id, "/")
		if u, err := idna.ToUnicode(host); err == nil {
			id = strings.TrimSuffix(u+"/"+rest, "/")
		}
	}
	var b strings.Builder
	lost := false
	for _, r := range lang.Fold(id) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '.', r == '_', r == '@', r == '+', r == '-':
			b.WriteRune(r)
		case r == '/':
			b.WriteByte('-')
		default:
			l, ok := letters[r]
			b.WriteString(l)
			lost = lost || !ok
		}
	}
	key := prefix + b.String()
	if lost || len(key) > 60 {
		sum := sha256.Sum256([]byte(id))
		key = strings.TrimRight(key[:min(len(key), 50)], "-.") + "-" + hex.EncodeToString(sum[:3])
	}
	return key
}

// A keyring gives keys that nobody has yet.
type keyring struct {
	used map[string]bool
	next map[string]int // by key: the number to try next
}

func newKeyring() *keyring { return &keyring{used: map[string]bool{}, next: map[string]int{}} }

// take gives the key, or the key with the first free number after it.
func (k *keyring) take(key string) string {
	if !k.used[key] {
		k.used[key] = true
		return key
	}
	for n := max(k.next[key], 2); ; n++ {
		if got := key + "-" + strconv.Itoa(n); !k.used[got] {
			k.next[key] = n + 1
			k.used[got] = true
			return got
		}
	}
}
