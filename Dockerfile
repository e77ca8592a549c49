# One image for both services; the command says which (see docker-compose.yml).
FROM node:24-slim AS build
WORKDIR /app
COPY . .
# What goes at the end: the tools, and the optional embedded Postgres, in whose place a container has a server.
RUN npm ci \
  && npx tsc --build collector-receiver query-service \
  && node query-service/web/build.mjs \
  && npm prune --omit=dev --omit=optional

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/audit-event audit-event
COPY --from=build /app/collector-receiver collector-receiver
COPY --from=build /app/query-service query-service
USER node
# Receiver: OTLP/gRPC and OTLP/HTTP; query service.
EXPOSE 4317 4318 7420
# A small young generation: thousands of slow clients cost 57 MB with it and 170 MB without (bench/README.md).
CMD ["node", "--max-semi-space-size=4", "collector-receiver/dist/main.js"]
