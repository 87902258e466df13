package intake

import (
	"slices"
	"strings"

	"perechen/internal/lang"
)

// tornMailbox finds mailboxes with spaces about «@» or after a full stop: «info @ trud.alania.gov.ru», «info@trud. alania.gov.ru».
// The words on both sides must make a mailbox together, in a domain that people use; «telegram @name» is no such.
var tornMailbox = lang.Expression(`[A-Za-z0-9_.+-]+(?: @ ?|@ )[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?:\. [a-z0-9-]+(?:\.[a-z0-9-]+)*)+`)

func tornMailboxes(text string) []contact {
	if !strings.Contains(text, "@") || !strings.Contains(text, " ") {
		return nil
	}
	var out []contact
	for _, at := range tornMailbox().FindAllStringIndex(text, 20) {
		run := text[at[0]:at[1]]
		whole := strings.ReplaceAll(run, " ", "")
		name, host, _ := strings.Cut(whole, "@")
		top := strings.ToLower(host[strings.LastIndexByte(host, '.')+1:])
		if !topDomains[top] || len(contactsOf(run[:strings.IndexByte(run, '@')])) > 0 ||
			strings.Contains(run, " @") && networkWords[strings.ToLower(strings.Trim(name, ".-"))] {
			continue
		}
		if i := strings.LastIndex(run, ". "); i > 0 && wholeHost(run[:i]) {
			continue // a mailbox, and after a full stop something else
		}
		if c, ok := mailbox(whole, 0, len(whole), len(name)); ok && c.canon != "" {
			out = append(out, contact{kind: kEmail, from: at[0], to: at[1], canon: c.canon, doubt: "в адресе почты пробел, прочитано как «" + whole + "»"})
		}
	}
	return out
}

// wholeHost tells that a mailbox has its whole domain already.
func wholeHost(mailbox string) bool {
	top := mailbox[strings.LastIndexAny(mailbox, ".@ ")+1:]
	return topDomains[strings.ToLower(top)] && !slices.Contains([]string{"gov", "edu", "org", "com", "net"}, strings.ToLower(top))
}

// networkWords are names of networks after which an account stands: «telegram @name».
var networkWords = set("telegram tg vk vkontakte instagram whatsapp viber max ok youtube rutube twitter facebook")
