// Sends one log record with the stock OpenTelemetry SDK of Go over OTLP/gRPC. See ../README.md.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploggrpc"
	"go.opentelemetry.io/otel/log"
	sdk "go.opentelemetry.io/otel/sdk/log"
)

func main() {
	ctx := context.Background()
	exporter, err := otlploggrpc.New(ctx,
		otlploggrpc.WithEndpointURL(os.Args[1]),
		otlploggrpc.WithCompressor("gzip"))
	if err != nil {
		fail(err)
	}
	provider := sdk.NewLoggerProvider(sdk.WithProcessor(sdk.NewBatchProcessor(exporter)))
	var record log.Record
	record.SetTimestamp(time.Now())
	record.SetEventName("go.hello")
	record.SetSeverity(log.SeverityInfo)
	record.SetBody(attribute.StringValue("hello from Go"))
	provider.Logger("sender").Emit(ctx, record)
	if err := provider.Shutdown(ctx); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
