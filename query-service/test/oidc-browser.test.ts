import type { Browser } from 'playwright-core';
import { startBrowser } from '../../test/src/browser';
import type { TestIdentityProvider } from './kit/identity-provider';
import { BEGIN, startWithProvider } from './kit/oidc-service';
import type { TestService } from './service';

let provider: TestIdentityProvider;
let service: TestService;
let browser: Browser;
beforeAll(async () => {
  ({ provider, service } = await startWithProvider());
  await provider.signInAs('jane');
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await service.close();
  await provider.close();
});

it('a browser that another site sends back is signed in, by a cookie that no other site can send', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  // The other site is one for cookies too: its name is localhost, that of the service 127.0.0.1.
  await page.route('http://localhost/**', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<a href="${service.url}${BEGIN}">sign in</a>`,
    }),
  );
  await page.goto('http://localhost/');
  await page.click('a');
  await page.waitForURL(`${service.url}/sign-in`);
  await page.waitForSelector('text=Signed in as jane@example.com');
  const cookies = await context.cookies(service.url);
  expect(
    cookies.find(({ name }) => name === 'otel-audit-session'),
  ).toMatchObject({ sameSite: 'Strict', httpOnly: true });
});
