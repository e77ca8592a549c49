export interface Config {
  /** The auditor that sends audit events as OpenTelemetry log records (package auditor-otel). */
  auditorOtel?: {
    /**
     * Where OTLP/HTTP is taken: a collector-receiver or an OpenTelemetry Collector. `/v1/logs` is appended unless the
     * path ends in it or in `/v1/audit`. Default: `http://127.0.0.1:4318`.
     */
    endpoint?: string;

    /**
     * Sent as `Authorization: Bearer`.
     * @visibility secret
     */
    token?: string;

    /**
     * Headers of each request.
     * @deepVisibility secret
     */
    headers?: { [name: string]: string };

    /** Default: protobuf. */
    encoding?: 'protobuf' | 'json';

    /** Whether requests are compressed. Default: true. */
    gzip?: boolean;

    /** How long one request may take, in milliseconds. Default: 10000. */
    timeoutMs?: number;

    /** `service.name` of the records. Default: backstage. */
    serviceName?: string;

    /** `service.version` of the records. */
    serviceVersion?: string;

    /** More resource attributes, such as `deployment.environment.name`. */
    resource?: { [attribute: string]: string };

    /**
     * The OTLP severity number of each level: `default` (9, 10, 13, 14), `backstage` (5, 9, 9, 9), `otep` (unset), or
     * numbers from 0 to 24. Default: default.
     */
    severityNumbers?:
      | 'default'
      | 'backstage'
      | 'otep'
      | { low?: number; medium?: number; high?: number; critical?: number };

    /** The severity levels that also send a record when the operation begins. Default: all. */
    initiated?: Array<'low' | 'medium' | 'high' | 'critical'>;

    /** Keys of query strings whose values are replaced, beside the usual names of secrets. */
    redactQueryKeys?: string[];

    /**
     * Paths into meta whose values are replaced before a record is made: `password`, `user.email`, `items.*.token`,
     * `**.secret`.
     */
    redactMeta?: string[];

    /** Whether texts under keys of meta that mean a secret, such as `password`, are replaced. Default: true. */
    redactMetaSecrets?: boolean;

    /** Whether stack traces of errors are sent. Default: false. */
    stackTraces?: boolean;

    /** How much waits in memory before the least severe events are dropped: without a spool, or while the disk cannot be written. */
    queue?: {
      /** Default: 100000. */
      maxRecords?: number;
      /** Default: 67108864. */
      maxBytes?: number;
    };

    /** Where records wait on the disk until the receiver has them; false for in memory alone. */
    spool?:
      | false
      | {
          /** Default: `.audit-spool` under the working directory. */
          directory?: string;
          /** For each process. Default: 1073741824. */
          maxBytes?: number;
        };

    /** What the promises of the auditor mean. */
    delivery?: {
      /** How far a record must be for its promise to resolve. Default: spool. */
      level?: 'memory' | 'spool' | 'committed';
      /** For some severities another level. */
      levels?: {
        low?: 'memory' | 'spool' | 'committed';
        medium?: 'memory' | 'spool' | 'committed';
        high?: 'memory' | 'spool' | 'committed';
        critical?: 'memory' | 'spool' | 'committed';
      };
      /** Severities of which no operation goes on unaudited: `createEvent` rejects when its intent cannot be recorded. */
      strict?: Array<'low' | 'medium' | 'high' | 'critical'>;
      /** How long a strict or committed record may take, in milliseconds. Default: 5000. */
      timeoutMs?: number;
      /** What happens to a record when there is no room for it. Default: dropLowest. */
      whenFull?: 'dropLowest' | 'block' | 'reject' | 'stderr';
    };

    /** How long a shutdown waits for what is still queued, in milliseconds. Default: 3000. */
    shutdownTimeoutMs?: number;
  };
}
