package office

import (
	"errors"
	"io"

	"perechen/internal/office/pdf"
)

// ReadPDFSeal reads the seal of a file of WritePDF and the digest over which it was made: SHA-256 of the whole file
// with zeros in the space of the seal. A file that was written without a seal, by another program, or saved anew by
// one gives an *Error; a changed byte elsewhere gives another digest.
func ReadPDFSeal(r io.ReaderAt, size int64) (seal string, digest [32]byte, err error) {
	seal, digest, err = pdf.ReadSeal(r, size, SealProperty, SealSpace)
	switch {
	case errors.Is(err, pdf.ErrNoSeal):
		err = &Error{Reason: WrongFormat, Text: "В этом PDF нет контрольной записи: он создан другой программой или был пересохранён.", Err: err}
	case errors.Is(err, pdf.ErrBadSeal):
		err = &Error{Reason: Damaged, Text: "Контрольная запись в этом PDF повреждена.", Err: err}
	}
	return seal, digest, err
}
