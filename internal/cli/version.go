package cli

import (
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (a *app) cmdVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "версия программы",
		Args:  takes(0, 0, ""),
		RunE:  func(*cobra.Command, []string) error { return a.printVersion() },
	}
}

func (a *app) printVersion() error {
	v := version()
	if a.json {
		return a.printJSON(v)
	}
	a.printf("perechen %s (%s)\n", v["revision"], v["go"])
	return nil
}

// version says from which commit the program was built, as far as the Go toolchain recorded it.
func version() map[string]string {
	v := map[string]string{"revision": "без номера", "go": ""}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	v["go"] = info.GoVersion
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			v["revision"] = s.Value[:12]
		}
	}
	return v
}
