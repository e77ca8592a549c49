import type { Logger } from '../../src/logger';

/** A logger that keeps what it is told, as `level: message`. */
export function recordingLogger(): { logger: Logger; lines: string[] } {
  const lines: string[] = [];
  const at = (level: string) => (_: object, message: string) => {
    lines.push(`${level}: ${message}`);
  };
  return {
    logger: { info: at('info'), warn: at('warn'), error: at('error') },
    lines,
  };
}
