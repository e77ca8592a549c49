import { accessSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const DEFAULT_CHROMIUM = '/usr/bin/chromium';

/**
 * A Chromium without a window.
 *
 * @throws when there is none, with what to install: the page is tested in a browser or not at all
 * @example
 * const browser = await startBrowser();
 * await browser.close();
 */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env['AUDIT_TEST_CHROMIUM'] ?? DEFAULT_CHROMIUM;
  try {
    accessSync(executablePath);
  } catch (cause) {
    throw new Error(
      `cannot test the page without Chromium at ${executablePath}: install it ("apt-get install chromium"), or name another one in AUDIT_TEST_CHROMIUM`,
      { cause },
    );
  }
  // In a container one is root, where Chromium has no sandbox to put its processes into.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
