import type { Response } from 'express';
import { escapeHtml } from '../http/escape-html';
import { strictPolicy } from '../http/strict-policy';

/** Answers a browser with a page of one sentence, and the way back to sign in. */
export function sendNotice(res: Response, status: number, text: string): void {
  strictPolicy(res)
    .status(status)
    .type('text/html')
    .send(
      `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Sign in - otel-audit</title>
    <link rel="stylesheet" href="/sign-in.css" />
  </head>
  <body>
    <main>
      <h1>Audit log</h1>
      <p role="alert">${escapeHtml(text)}</p>
      <p><a href="/sign-in">Back to sign in</a></p>
    </main>
  </body>
</html>
`,
    );
}
