import { once } from 'node:events';
import { createServer } from 'node:http';
import { runLoad } from '../load-process';

/** A receiver that costs next to nothing: it reads what it is sent and answers 200. */
export interface AnswerOptions {
  port: number;
}

export interface AnswerReport {
  requests: number;
}

runLoad(async ({ port }: AnswerOptions, stopped, begin) => {
  const report: AnswerReport = { requests: 0 };
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      report.requests += 1;
      response.end();
    });
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  begin();
  await once(stopped, 'abort');
  return report;
});
