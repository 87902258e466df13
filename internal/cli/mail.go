package cli

import (
	"perechen/internal/mail"
	"perechen/internal/upkeep"

	"github.com/spf13/pflag"
)

// Mailing is how notices go out by mail: flags of serve, demo and doctor.
type mailing struct {
	config mail.Config
}

func (m *mailing) flags(fs *pflag.FlagSet) {
	c := &m.config
	fs.StringVar(&c.Server, "smtp", "", "почтовый сервер для уведомлений, узел:порт; без него писем нет")
	fs.StringVar(&c.Security, "smtp-tls", mail.StartTLS, "защита соединения с почтовым сервером: starttls, tls или none")
	fs.StringVar(&c.User, "smtp-user", "", "имя на почтовом сервере, если он его спрашивает")
	fs.StringVar(&c.Password, "smtp-password", "", "пароль на почтовом сервере; лучше задать переменной PERECHEN_SMTP_PASSWORD")
	fs.StringVar(&c.From, "smtp-from", "", "адрес отправителя писем")
	fs.StringVar(&c.CAFile, "smtp-ca", "", "файл PEM с сертификатом удостоверяющего центра почтового сервера")
	fs.StringVar(&c.Site, "site", "", "адрес, по которому страницы открывают люди, для ссылок в письмах и QR-кодов: https://perechen.example.ru")
	setting(fs, "smtp", "smtp-tls", "smtp-user", "smtp-from", "smtp-ca", "site")
	secret(fs, "smtp-password")
}

// mailer gives the mailer of the settings; nil when no server is named.
func (m *mailing) mailer() (upkeep.Mailer, error) {
	if m.config.Server == "" {
		return nil, nil
	}
	out, err := m.server()
	if err != nil {
		return nil, err
	}
	return out, nil
}

// server gives the mail server of the settings, of which one is named.
func (m *mailing) server() (*mail.Mailer, error) {
	out, err := mail.New(m.config)
	if err != nil {
		return nil, &failure{code: exitUsage, text: err.Error(), err: err}
	}
	return out, nil
}
