import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PipelineReport } from './pipeline-report';
import { recoveryTimes } from './recovery-times';
import { reportPage } from './report-page';

/** Writes the report into a folder, as JSON and as a page. @returns the page's path */
export function writeReport(folder: string, report: PipelineReport): string {
  const recovery = recoveryTimes(report.faults);
  const json = JSON.stringify({ ...report, recovery }, undefined, 2);
  writeFileSync(join(folder, 'report.json'), `${json}\n`);
  const page = join(folder, 'report.html');
  writeFileSync(page, reportPage(report));
  return page;
}
