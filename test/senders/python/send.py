"""Sends log records with the stock OpenTelemetry SDK of Python. See ../README.md."""

import sys
import time

from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.exporter.otlp.proto.grpc._log_exporter import (
    OTLPLogExporter as GrpcExporter,
)
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http._log_exporter import (
    OTLPLogExporter as HttpExporter,
)
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.resources import Resource

protocol, endpoint, token, count = sys.argv[1:5]
headers = {"authorization": f"Bearer {token}"}
exporter = (
    GrpcExporter(endpoint=endpoint, insecure=True, headers=headers)
    if protocol == "grpc"
    else HttpExporter(
        endpoint=f"{endpoint}/v1/logs", headers=headers, compression=Compression.Gzip
    )
)
provider = LoggerProvider(resource=Resource({"service.name": "sender-python"}))
provider.add_log_record_processor(BatchLogRecordProcessor(exporter))
logger = provider.get_logger("sender")
for n in range(int(count)):
    logger.emit(
        LogRecord(
            timestamp=time.time_ns(),
            event_name="greeting",
            severity_number=SeverityNumber.INFO,
            body=f"hello {n}",
            attributes={
                "n": n,
                "ratio": 0.5,
                "ok": True,
                "tags": ["a", "b"],
                "text": "Grüße 🙂",
            },
        )
    )
provider.shutdown()
