// Sends log records with the stock OpenTelemetry SDK of Go. See ../README.md.
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploggrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp"
	"go.opentelemetry.io/otel/log"
	sdk "go.opentelemetry.io/otel/sdk/log"
	"go.opentelemetry.io/otel/sdk/resource"
)

func main() {
	protocol, endpoint, token := os.Args[1], os.Args[2], os.Args[3]
	count, err := strconv.Atoi(os.Args[4])
	check(err)
	ctx := context.Background()
	exporter, err := exporterOf(ctx, protocol, endpoint, map[string]string{"authorization": "Bearer " + token})
	check(err)
	provider := sdk.NewLoggerProvider(
		sdk.WithProcessor(sdk.NewBatchProcessor(exporter)),
		sdk.WithResource(resource.NewSchemaless(attribute.String("service.name", "sender-go"))))
	logger := provider.Logger("sender")
	for n := range count {
		var record log.Record
		record.SetTimestamp(time.Now())
		record.SetEventName("greeting")
		record.SetSeverity(log.SeverityInfo)
		record.SetBody(attribute.StringValue(fmt.Sprintf("hello %d", n)))
		record.AddAttributes(
			attribute.Int("n", n),
			attribute.Float64("ratio", 0.5),
			attribute.Bool("ok", true),
			attribute.StringSlice("tags", []string{"a", "b"}),
			attribute.String("text", "Grüße 🙂"))
		logger.Emit(ctx, record)
	}
	check(provider.Shutdown(ctx))
}

func exporterOf(ctx context.Context, protocol, endpoint string, headers map[string]string) (sdk.Exporter, error) {
	if protocol == "grpc" {
		return otlploggrpc.New(ctx,
			otlploggrpc.WithEndpointURL(endpoint),
			otlploggrpc.WithHeaders(headers),
			otlploggrpc.WithCompressor("gzip"))
	}
	return otlploghttp.New(ctx,
		otlploghttp.WithEndpointURL(endpoint+"/v1/logs"),
		otlploghttp.WithHeaders(headers),
		otlploghttp.WithCompression(otlploghttp.GzipCompression))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
