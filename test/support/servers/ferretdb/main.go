// Command ferretdb-for-tests serves the MongoDB protocol from SQLite files: for tests, where there is no mongod.
// FerretDB's own command does not build from the module proxy, but its library does.
package main

import (
	"context"
	"log"
	"log/slog"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

// ferretdb-for-tests <address> <data folder, which exists>
func main() {
	address, folder := os.Args[1], os.Args[2]
	// What is acknowledged survives a power cut, as it does with a journaled mongod.
	data := url.URL{Scheme: "file", Path: folder + "/", RawQuery: "_pragma=synchronous(full)"}
	server, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: address},
		Handler:   "sqlite",
		SQLiteURL: data.String(),
		Logger:    slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := server.Run(ctx); err != nil {
		log.Fatal(err)
	}
}
