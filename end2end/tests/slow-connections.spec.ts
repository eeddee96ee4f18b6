import type { Page } from '@playwright/test';

import { sendEvent } from '../events';
import { expect, hydrated, signIn, test } from '../fixtures';
import { signInReadOnly } from '../readers';

const frames = (page: Page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Holds back what the page loads anew. What is answered lets it arrive, and waits until the page has shown it. */
async function hold(page: Page, load: string): Promise<() => Promise<void>> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const arriving: Promise<unknown>[] = [];
  await page.route(`**/api/console/${load}`, async (route) => {
    arriving.push(route.request().response().then((answer) => answer?.finished()));
    await released;
    await route.continue();
  });
  return async () => {
    await frames(page);
    release();
    await Promise.all(arriving);
    await frames(page);
  };
}

test('the number that confirms a deletion can be typed before the page has loaded anew', async ({ page, cairn, account }) => {
  await sendEvent(cairn, account.environmentId, 'order', 'alice@example.test');
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/settings/deletion-requests/new`);
  await hydrated(page);
  await page.getByRole('textbox', { name: 'Users to erase' }).fill('alice@example.test');
  const arrive = await hold(page, 'load_new_deletion_request');
  await page.getByRole('button', { name: 'Show who is found' }).click();
  await page.getByLabel('Type 1 to confirm').fill('1');
  await arrive();
  await expect(page.getByLabel('Type 1 to confirm')).toHaveValue('1');
});

test('an address can be typed while the list of teammates loads anew after another change', async ({ page, otherPage, account }) => {
  await signInReadOnly(otherPage, account);
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/settings/teammates`);
  await hydrated(page);
  const arrive = await hold(page, 'load_teammates');
  await page.getByRole('button', { name: 'Read-only for Reader', pressed: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Access changed' })).toBeVisible();
  await page.getByLabel('E-mail address').fill('bob@example.test');
  await arrive();
  await expect(page.getByRole('button', { name: 'Read-only for Reader', pressed: false })).toBeVisible();
  await expect(page.getByLabel('E-mail address')).toHaveValue('bob@example.test');
});
