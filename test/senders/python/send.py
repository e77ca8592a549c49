"""Sends one log record with the stock OpenTelemetry SDK of Python over OTLP/gRPC. See ../README.md."""

import logging
import sys

from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor

logging.basicConfig(level=logging.DEBUG)
endpoint = sys.argv[1]
provider = LoggerProvider()
provider.add_log_record_processor(
    BatchLogRecordProcessor(OTLPLogExporter(endpoint=endpoint, insecure=True))
)
provider.get_logger("sender").emit(
    LogRecord(
        event_name="python.hello",
        severity_number=SeverityNumber.INFO,
        body="hello from Python",
    )
)
provider.shutdown()
