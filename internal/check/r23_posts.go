package check

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/segment"
)

//go:embed posts.yaml
var postsFile []byte

// postTable says which groups of posts each category has, and the law that says so.
type postTable struct {
	Source     string `yaml:"source"`
	Categories []struct {
		Name   string   `yaml:"name"`
		Words  []string `yaml:"words"` // the first category with a word of the value is meant
		Groups []string `yaml:"groups"`
	} `yaml:"categories"`
	Groups []string `yaml:"groups"`
}

var posts = sync.OnceValue(func() postTable {
	var t postTable
	mustRead(postsFile, &t)
	return t
})

// postsLawful is R23: a profile's category and group of posts go together by law. It looks at profiles that name one of
// each; municipal service has groups of its own and is left alone.
func postsLawful(s *scene) {
	table := posts()
	for _, p := range s.reg.Profiles {
		var category, group register.ProfileValue
		municipal := false
		for _, v := range p.Values {
			title := strings.Join(segment.Content(v.Attribute), " ")
			switch {
			case strings.Contains(title, lang.Stem("категория")) && strings.Contains(title, lang.Stem("должностей")):
				category = v
			case strings.Contains(title, lang.Stem("группа")) && strings.Contains(title, lang.Stem("должностей")):
				group = v
			case strings.Contains(lang.Fold(v.Value), "муниципальн"):
				municipal = true
			}
		}
		groups := groupsOf(table, category.Value)
		name := groupName(table, group.Value)
		if municipal || groups == nil || name == "" || slices.Contains(groups, name) {
			continue
		}
		s.report(note{
			severity: register.Violation,
			clause:   s.appendixOf("profiles"),
			places:   []register.Place{s.profilePlace(p, category), s.profilePlace(p, group)},
			text: fmt.Sprintf("Профиль %s: в категории %s нет группы %s, есть только %s (%s).", quoted(p.Title), quoted(category.Value),
				quoted(group.Value), andList(groups), table.Source),
			fix:     "Исправьте категорию или группу должностей.",
			id:      []string{p.Key},
			subject: []string{category.Value, group.Value},
		})
	}
}

// groupsOf are the groups of the category that a value names; nil if it names none, or several.
func groupsOf(t postTable, value string) []string {
	if strings.ContainsAny(value, ";,") {
		return nil
	}
	stems := stemSet(segment.Content(value))
	for _, c := range t.Categories {
		for _, w := range c.Words {
			if stems[lang.Stem(w)] {
				return c.Groups
			}
		}
	}
	return nil
}

// groupName is the group that a value names; "" if it names none, or several.
func groupName(t postTable, value string) string {
	if strings.ContainsAny(value, ";,") {
		return ""
	}
	stems := stemSet(segment.Content(value))
	name := ""
	for _, g := range t.Groups {
		if stems[lang.Stem(g)] {
			if name != "" {
				return ""
			}
			name = g
		}
	}
	return name
}
