package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf16"
)

// Errors of ReadSeal.
var (
	// ErrNoSeal: the file is no PDF of this writer, or it was written without a seal, or saved anew by another program.
	ErrNoSeal = errors.New("no seal of this writer in the file")
	// ErrBadSeal: the space of the seal holds something else than a seal.
	ErrBadSeal = errors.New("the space of the seal is damaged")
)

// sealWidth is the number of characters kept for a seal of so many bytes of UTF-8: «<FEFF», four digits for each unit
// of UTF-16, «>».
func sealWidth(space int) int { return 6 + 4*space }

// putSeal fills the space with the seal and blanks.
func putSeal(space []byte, s string) {
	b := append(make([]byte, 0, len(space)), "<FEFF"...)
	for _, u := range utf16.Encode([]rune(s)) {
		b = fmt.Appendf(b, "%04X", u)
	}
	b = append(b, '>')
	for i := range space {
		space[i] = ' '
	}
	copy(space, b)
}

// ReadSeal reads the text of a seal and the digest that it was made for. It takes nothing but the layout that Writer
// gives: the seal is the first entry of the information dictionary, its space holds one string and blanks and nothing
// else, so that no byte of the file escapes the digest.
func ReadSeal(r io.ReaderAt, size int64, key string, space int) (seal string, digest [32]byte, err error) {
	at, err := sealPlace(r, size, key)
	if err != nil {
		return "", digest, err
	}
	width := sealWidth(space)
	if at+int64(width) > size {
		return "", digest, ErrNoSeal
	}
	b := make([]byte, width)
	if _, err := r.ReadAt(b, at); err != nil {
		return "", digest, err
	}
	if seal, err = getSeal(b); err != nil {
		return "", digest, err
	}
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(r, 0, at)); err != nil {
		return "", digest, err
	}
	h.Write(bytes.Repeat([]byte{'0'}, width))
	if _, err := io.Copy(h, io.NewSectionReader(r, at+int64(width), size-at-int64(width))); err != nil {
		return "", digest, err
	}
	return seal, [32]byte(h.Sum(nil)), nil
}

func getSeal(b []byte) (string, error) {
	end := bytes.IndexByte(b, '>')
	if end < 0 || !bytes.HasPrefix(b, []byte("<FEFF")) || len(bytes.Trim(b[end+1:], " ")) > 0 {
		return "", ErrBadSeal
	}
	raw, err := hex.DecodeString(string(b[5:end]))
	if err != nil || len(raw)%2 != 0 {
		return "", ErrBadSeal
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = be.Uint16(raw[2*i:])
	}
	return string(utf16.Decode(units)), nil
}

// sealPlace finds where the space of the seal begins: from the end of the file to the table of objects, from there to
// the information dictionary.
func sealPlace(r io.ReaderAt, size int64, key string) (int64, error) {
	tail, err := readAt(r, max(0, size-512), size)
	if err != nil {
		return 0, err
	}
	xref, ok := number(tail, "startxref\n")
	info, ok2 := number(tail, "/Info ")
	if !ok || !ok2 {
		return 0, ErrNoSeal
	}
	entry, err := readAt(r, xref, size)
	if err != nil {
		return 0, err
	}
	nl := bytes.IndexByte(bytes.TrimPrefix(entry, []byte("xref\n")), '\n')
	if !bytes.HasPrefix(entry, []byte("xref\n0 ")) || nl < 0 {
		return 0, ErrNoSeal
	}
	if entry, err = readAt(r, xref+int64(len("xref\n")+nl+1)+20*info, size); err != nil {
		return 0, err
	}
	if len(entry) < 20 || string(entry[10:20]) != " 00000 n \n" {
		return 0, ErrNoSeal
	}
	off, err := strconv.ParseInt(string(entry[:10]), 10, 64)
	if err != nil {
		return 0, ErrNoSeal
	}
	head := fmt.Appendf(nil, "%d 0 obj\n<<%s ", info, name(key))
	got, err := readAt(r, off, size)
	if err != nil {
		return 0, err
	}
	if !bytes.HasPrefix(got, head) {
		return 0, ErrNoSeal
	}
	return off + int64(len(head)), nil
}

// readAt reads up to 512 bytes.
func readAt(r io.ReaderAt, at, size int64) ([]byte, error) {
	if at < 0 || at >= size {
		return nil, ErrNoSeal
	}
	b := make([]byte, min(512, size-at))
	if _, err := r.ReadAt(b, at); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return b, nil
}

// number reads the digits behind the last occurrence of a word.
func number(b []byte, word string) (int64, bool) {
	i := bytes.LastIndex(b, []byte(word))
	if i < 0 {
		return 0, false
	}
	b = b[i+len(word):]
	n := 0
	for n < len(b) && b[n] >= '0' && b[n] <= '9' {
		n++
	}
	v, err := strconv.ParseInt(string(b[:n]), 10, 48)
	return v, err == nil
}
