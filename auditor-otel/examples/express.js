const {
  auditRequest,
  auditRequestError,
  createAuditor,
} = require('auditor-otel');
const express = require('express');

const auditor = createAuditor({
  endpoint: process.env.AUDIT_ENDPOINT, // default: http://127.0.0.1:4318
  serviceName: 'shop',
});
const app = express();

app.use(
  auditRequest(auditor, {
    eventId: 'request',
    severityLevel: 'medium',
    // What authentication sets, below: it is asked again when the response was sent.
    actor: (req) => req.user && { type: 'user', id: req.user },
    meta: (req) => ({ entityRef: req.orderRef }),
  }),
);
app.use((req, res, next) => {
  if (req.headers.authorization) req.user = 'user:default/john';
  next();
});
app.delete('/orders/:id', (req, res) => {
  req.orderRef = `order:${req.params.id}`;
  if (!req.user) return res.sendStatus(401); // recorded as denied
  if (req.params.id > 100) throw new RangeError('there is no such order');
  return res.sendStatus(204);
});
app.use(auditRequestError); // after the routes: what they threw is recorded too

const server = app.listen(process.env.PORT ?? 3000, '127.0.0.1', () => {
  console.log(`listening on ${server.address().port}`);
});

process.on('SIGTERM', () => {
  server.close(() => void auditor.close());
});
