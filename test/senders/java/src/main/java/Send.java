import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends log records with the stock OpenTelemetry SDK of Java. See ../README.md. */
public final class Send {
  public static void main(String[] args) {
    LogRecordExporter exporter = exporterOf(args[0], args[1], "Bearer " + args[2]);
    Resource resource = Resource.create(Attributes.of(stringKey("service.name"), "sender-java"));
    SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .setResource(resource)
            .addLogRecordProcessor(BatchLogRecordProcessor.builder(exporter).build())
            .build();
    Logger logger = provider.get("sender");
    for (long n = 0; n < Long.parseLong(args[3]); n++) {
      logger
          .logRecordBuilder()
          .setTimestamp(Instant.now())
          .setEventName("greeting")
          .setSeverity(Severity.INFO)
          .setBody("hello " + n)
          .setAttribute(longKey("n"), n)
          .setAttribute(doubleKey("ratio"), 0.5)
          .setAttribute(booleanKey("ok"), true)
          .setAttribute(stringArrayKey("tags"), List.of("a", "b"))
          .setAttribute(stringKey("text"), "Grüße 🙂")
          .emit();
    }
    provider.shutdown().join(30, TimeUnit.SECONDS);
    System.exit(0);
  }

  private static LogRecordExporter exporterOf(String protocol, String endpoint, String token) {
    if (protocol.equals("grpc"))
      return OtlpGrpcLogRecordExporter.builder()
          .setEndpoint(endpoint)
          .addHeader("authorization", token)
          .setCompression("gzip")
          .build();
    return OtlpHttpLogRecordExporter.builder()
        .setEndpoint(endpoint + "/v1/logs")
        .addHeader("authorization", token)
        .setCompression("gzip")
        .build();
  }
}
