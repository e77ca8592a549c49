import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const DEFAULT_CHROMIUM = '/usr/bin/chromium';

/**
 * A Chromium without a window: Debian's, or the one that AUDIT_TEST_CHROMIUM names.
 *
 * @throws when there is none, with how to get one
 */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env['AUDIT_TEST_CHROMIUM'] ?? DEFAULT_CHROMIUM;
  return chromium
    .launch({
      executablePath,
      // In a container one is root, where Chromium has no sandbox to put its processes into.
      args: ['--no-sandbox'],
    })
    .catch((cause: Error) => {
      throw new Error(
        `cannot start Chromium at ${executablePath}: install it ("apt-get install chromium"), or name another one in AUDIT_TEST_CHROMIUM`,
        { cause },
      );
    });
}
