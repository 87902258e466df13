//go:build unix

package cli

import "syscall"

// freeSpace is how many bytes a program without privileges may still write into a folder's file system.
func freeSpace(dir string) (uint64, bool) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return 0, false
	}
	return uint64(st.Bavail) * uint64(st.Bsize), true
}

// writable tells why this program may not write to a file; it does not open it: to close a file of SQLite takes its locks away
// from the whole process.
func writable(name string) error {
	const write = 2
	return syscall.Access(name, write)
}
