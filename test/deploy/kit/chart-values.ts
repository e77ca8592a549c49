/** Values without which the chart cannot be installed. */
export const REQUIRED = {
  database: { existingSecret: 'database' },
  tokens: { existingSecret: 'tokens' },
};

/** All that can be switched on. */
export const ALL_ON = {
  ...REQUIRED,
  config: 'excludeRules:\n  - { eventId: x }\n',
  receiver: {
    env: { AUDIT_RECEIVER_MAX_CONNECTIONS: 50 },
    tls: { existingSecret: 'tls' },
    archive: { existingClaim: 'archive' },
  },
  query: {
    env: { AUDIT_QUERY_TRUSTED_PROXIES: '10.0.0.0/8' },
    ingress: {
      enabled: true,
      className: 'nginx',
      host: 'audit.example.com',
      tlsSecret: 'page-tls',
    },
  },
  collector: { backendEndpoint: 'tempo:4317', podAnnotations: { a: 'b' } },
  monitoring: {
    serviceMonitor: { enabled: true, labels: { release: 'prometheus' } },
    prometheusRule: { enabled: true },
    dashboard: { enabled: true },
  },
};
