// Command perechen keeps a public body's Перечень точек взаимодействия с клиентом.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"perechen/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
