package cli

import (
	"context"
	"crypto/x509"
	"os"
	"time"

	"perechen/internal/jobs"
	"perechen/internal/outgoing"
	"perechen/internal/web"

	"github.com/spf13/pflag"
)

// jobHealth is the job that looks whether points answer.
const jobHealth = "health"

// Health is whether the program may ask the addresses of points. Off unless somebody says when.
type health struct{ times, ca string }

func (h *health) flags(fs *pflag.FlagSet) {
	fs.StringVar(&h.times, "health-times", "", "когда проверять, отвечают ли точки: время дня (04:30) или промежуток (24h); без него программа в сеть не обращается")
	fs.StringVar(&h.ca, "health-ca", "", "файл PEM с удостоверяющими центрами, которым верить при проверке сайтов кроме системных")
	setting(fs, "health-times", "health-ca")
}

// job gives the job of the settings; ok is false when it is off.
func (h *health) job(in installation) (j jobs.Job, ok bool, err error) {
	s, err := jobs.ParseSchedule(h.times)
	if err != nil {
		return j, false, usagef("--health-times: %s", err.Error())
	}
	if s.Never() {
		return j, false, nil
	}
	var o outgoing.Options
	if h.ca != "" {
		pem, err := os.ReadFile(h.ca)
		if err != nil {
			return j, false, refusef("--health-ca: файл «%s»: %s", h.ca, cause(err))
		}
		if o.Roots, err = x509.SystemCertPool(); err != nil {
			o.Roots = x509.NewCertPool()
		}
		if !o.Roots.AppendCertsFromPEM(pem) {
			return j, false, usagef("--health-ca: в файле «%s» нет сертификатов PEM", h.ca)
		}
	}
	client := outgoing.New(o)
	run := func(ctx context.Context, p *jobs.Progress) (jobs.Outcome, error) {
		return jobs.Done, in.desk.LookAtAll(ctx, client, func(slug string, done, total int) { p.Say(slug, int64(done), int64(total)) })
	}
	return jobs.Job{Name: jobHealth, Next: s.Next(time.Local), Run: run, Waits: true}, true, nil
}

// page is what the pages know of it.
func (h *health) page(k keeper) *web.HealthWork {
	if s, err := jobs.ParseSchedule(h.times); err != nil || s.Never() {
		return nil
	}
	return &web.HealthWork{Times: h.times, Ask: func(ctx context.Context, account string) (bool, error) { return k.Ask(ctx, jobHealth, account) }}
}
