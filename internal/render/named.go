package render

import (
	"cmp"

	"perechen/internal/procedure"
	"perechen/internal/register"
)

// Named is the procedure with the holder called as the body calls itself: its order may have been written before it was
// renamed or its head changed. p itself is not changed; what the body leaves out, the order says.
func Named(p *procedure.Procedure, org register.Organisation) *procedure.Procedure {
	h := p.Holder
	if org.Name != "" && org.Name != h.Name || org.ShortName != "" && org.ShortName != h.ShortName {
		h.ShortGenitive = "" // of the earlier name
	}
	h.Name, h.ShortName, h.Genitive = cmp.Or(org.Name, h.Name), cmp.Or(org.ShortName, h.ShortName), cmp.Or(org.Genitive, h.Genitive)
	h.HeadTitle, h.HeadName = cmp.Or(org.HeadTitle, h.HeadTitle), cmp.Or(org.HeadName, h.HeadName)
	if h == p.Holder {
		return p
	}
	out := *p
	out.Holder = h
	return &out
}
