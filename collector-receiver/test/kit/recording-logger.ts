import type { Logger } from '../../src/logger';

/** A logger that keeps what it is told, as `level: message`, and the details beside it. */
export function recordingLogger(): {
  logger: Logger;
  lines: string[];
  details: object[];
} {
  const lines: string[] = [];
  const details: object[] = [];
  const at = (level: string) => (detail: object, message: string) => {
    lines.push(`${level}: ${message}`);
    details.push(detail);
  };
  return {
    logger: { info: at('info'), warn: at('warn'), error: at('error') },
    lines,
    details,
  };
}
