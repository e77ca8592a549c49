# One image for the migration and both services; the command says which (see docker-compose.yml).
FROM node:24-slim AS build
WORKDIR /app
# What npm needs to know, so that dependencies are installed anew only when they change.
COPY package.json package-lock.json ./
COPY audit-cli/package.json audit-cli/
COPY audit-event/package.json audit-event/
COPY auditor-otel/package.json auditor-otel/
COPY collector-receiver/package.json collector-receiver/
COPY query-service/package.json query-service/
COPY query-service/web/package.json query-service/web/
COPY stack/package.json stack/
RUN npm ci --no-audit --no-fund
COPY . .
# What goes at the end: the tools, and the optional embedded Postgres, in whose place a container has a server.
RUN npx tsc --build collector-receiver query-service \
  && node query-service/web/build.mjs \
  && npm prune --omit=dev --omit=optional --no-audit --no-fund

FROM node:24-slim
LABEL org.opencontainers.image.title="otel-audit" \
  org.opencontainers.image.description="An audit trail over OpenTelemetry: receiver, query service and migration" \
  org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
ENV NODE_ENV=production
# The only folder that a service writes to, when AUDIT_ARCHIVE_DIR names it; a fresh volume takes its owner over.
RUN install -d -o 1000 -g 1000 -m 0700 /var/lib/otel-audit/archive
COPY LICENSE ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/audit-event audit-event
COPY --from=build /app/collector-receiver collector-receiver
COPY --from=build /app/query-service query-service
# The image's user `node`, as a number, so that Kubernetes sees that it is not root.
USER 1000:1000
# Receiver: OTLP/gRPC and OTLP/HTTP; query service.
EXPOSE 4317 4318 7420
# For a container that runs by itself, whichever of the two it is; compose and Kubernetes ask /readyz instead.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "Promise.any([4318, 7420].map(async (port) => { if (!(await fetch(`http://127.0.0.1:${port}/healthz`)).ok) throw port; })).catch(() => process.exit(1))"]
# A small young generation: thousands of slow clients cost 57 MB with it and 170 MB without (bench/README.md).
CMD ["node", "--max-semi-space-size=4", "collector-receiver/dist/main.js"]
