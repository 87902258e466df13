package outgoing

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strings"
)

// A Code sorts errors by what they say of the address.
type Code string

// The codes.
const (
	Malformed   Code = "malformed"   // it is no address
	Forbidden   Code = "forbidden"   // it leads where we do not go
	NoName      Code = "no-name"     // the name does not exist
	NoDNS       Code = "no-dns"      // nobody could say whether the name exists: that says nothing of the address
	Unreachable Code = "unreachable" // nobody answers, or not in time
	Certificate Code = "certificate" // https, with a certificate that browsers refuse
	Redirected  Code = "redirected"  // redirects lead nowhere
	Stopped     Code = "stopped"     // we were told to stop: that says nothing of the address
)

// An Error is why an address was not answered. Text is one Russian sentence.
type Error struct {
	Code Code
	Text string
	Err  error
}

func (e *Error) Error() string { return e.Text }
func (e *Error) Unwrap() error { return e.Err }

// fault sorts an error of the network.
func fault(err error) error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	var name *net.DNSError
	var old x509.CertificateInvalidError
	var host x509.HostnameError
	var unknown x509.UnknownAuthorityError
	var verify *tls.CertificateVerificationError
	e := &Error{Err: err}
	switch {
	case errors.Is(err, context.Canceled):
		e.Code, e.Text = Stopped, "Проверка остановлена."
	case errors.As(err, &name) && name.IsNotFound:
		e.Code, e.Text = NoName, "Имени «"+strings.TrimSuffix(name.Name, ".")+"» нет: такого сайта не существует."
	case errors.As(err, &name):
		e.Code, e.Text = NoDNS, "Имя «"+strings.TrimSuffix(name.Name, ".")+"» не удалось проверить: сервер имён не ответил."
	case errors.As(err, &old) && old.Reason == x509.Expired:
		e.Code, e.Text = Certificate, "Срок сертификата сайта истёк или ещё не начался."
	case errors.As(err, &host):
		e.Code, e.Text = Certificate, "Сертификат сайта выдан на другое имя."
	case errors.As(err, &unknown):
		e.Code, e.Text = Certificate, "Сертификат сайта выдан удостоверяющим центром, которому браузеры этой машины не доверяют."
	case errors.As(err, &verify):
		e.Code, e.Text = Certificate, "Сертификат сайта не проходит проверку."
	case errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		e.Code, e.Text = Unreachable, "Сайт не ответил за отведённое время."
	case strings.Contains(err.Error(), "server response headers exceeded"):
		e.Code, e.Text = Unreachable, "Ответ сайта начинается со слишком длинных заголовков."
	default:
		e.Code, e.Text = Unreachable, "Соединиться с сайтом не удалось."
	}
	return e
}

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}
