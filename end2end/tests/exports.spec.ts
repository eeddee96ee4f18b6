import { readFileSync } from 'node:fs';

import { type Page } from '@playwright/test';

import { type Account, expect, expectAccessible, hydrated, signIn, test, withoutGrace } from '../fixtures';
import { sendEvent, sendUserProperties } from '../events';
import { signInReadOnly } from '../readers';

const path = (account: Account) => `/a/${account.accountId}/settings/exports`;
const name = (page: Page) => page.getByRole('textbox', { name: 'Identity or user ID' });
const make = (page: Page) => page.getByRole('button', { name: 'Make archive' });
const download = (page: Page) => page.getByRole('link', { name: 'Download archive' });

test.beforeEach(async ({ page, account }) => signIn(page, account));

/** Asks for an export on the page of exports, and waits for its archive. */
async function ask(page: Page, identity: string) {
  await name(page).fill(identity);
  await make(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Export');
  await expect(download(page)).toBeVisible({ timeout: 20_000 });
}

test('what is known of a user is asked for, downloaded and deleted', { tag: '@both' }, async ({ page, cairn, account, javaScriptEnabled }) => {
  await sendEvent(cairn, account.appId, 'Signed up', 'alice@example.test', { plan: 'gold' });
  await sendUserProperties(cairn, account.appId, 'alice@example.test', { city: 'Bonn' });
  await page.goto(`/a/${account.accountId}/settings/deletion-requests`);
  await hydrated(page, javaScriptEnabled);
  await page.getByRole('link', { name: "Export a user's data" }).click();
  await expect(page.getByText('No exports')).toBeVisible();
  if (javaScriptEnabled) await expectAccessible(page);

  await name(page).fill('bob@example.test');
  await make(page).click();
  await expect(name(page)).toHaveAccessibleDescription(/Nobody of this name was found/);
  await expect(name(page)).toHaveValue('bob@example.test');

  await ask(page, 'alice@example.test');
  if (javaScriptEnabled) await expectAccessible(page);
  expect(page.url()).not.toContain('alice');
  expect(await page.content()).not.toContain('alice@example.test');
  const waiting = page.waitForEvent('download');
  await download(page).click();
  const file = await waiting;
  expect(file.suggestedFilename()).toMatch(/^cairn-export-\d{4}-\d\d-\d\d\.zip$/);
  const bytes = readFileSync(await file.path());
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
  expect(bytes.subarray(-22, -18).toString('latin1')).toBe('PK\x05\x06');

  await page.getByRole('link', { name: 'All exports' }).click();
  const row = page.getByRole('table', { name: 'Exports, newest first' }).locator('tbody').getByRole('row');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('Ready');
  if (javaScriptEnabled) await expectAccessible(page);
  await row.getByRole('link').click();
  await page.getByRole('button', { name: 'Delete archive' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Archive deleted' })).toBeVisible();
  await expect(download(page)).toBeHidden();

  await page.goto(`/a/${account.accountId}/settings/audit-log`);
  for (const deed of ['Asked for an export of what is known of 1 user', 'Downloaded the archive', 'Deleted the archive']) {
    await expect(page.getByRole('row', { name: new RegExp(deed) })).toBeVisible();
  }
});

test('a deletion request takes the archive of whom it erases along', async ({ page, cairn, account }) => {
  await withoutGrace(page, account);
  await sendEvent(cairn, account.appId, 'Signed up', 'alice@example.test');
  await page.goto(path(account));
  await ask(page, 'alice@example.test');
  const [export_, archive] = [page.url(), await download(page).getAttribute('href')];
  await page.goto(`/a/${account.accountId}/settings/deletion-requests/new`);
  await page.getByRole('textbox', { name: 'Users to erase' }).fill('alice@example.test');
  await page.getByRole('button', { name: 'Show who is found' }).click();
  await page.getByLabel('Type 1 to confirm').fill('1');
  await page.getByRole('button', { name: 'Erase 1 user' }).click();
  await expect(page.getByText('A final count found nothing left')).toBeVisible({ timeout: 20_000 });
  await page.goto(export_);
  await expect(page.getByRole('main')).toContainText('Withdrawn');
  expect((await page.request.get(archive ?? '')).status()).toBe(404);
});

test('who may only read sees the exports and gets none', async ({ page, otherPage, cairn, account }) => {
  await sendEvent(cairn, account.appId, 'Signed up', 'alice@example.test');
  await page.goto(path(account));
  await ask(page, 'alice@example.test');
  const archive = await download(page).getAttribute('href');
  await signInReadOnly(otherPage, account);
  await otherPage.goto(path(account));
  await expect(otherPage.getByText('Your access is read-only')).toBeVisible();
  await expect(make(otherPage)).toBeHidden();
  await otherPage.getByRole('table', { name: 'Exports, newest first' }).locator('tbody').getByRole('link').click();
  await expect(otherPage.getByRole('main')).toContainText('Ready');
  await expect(download(otherPage)).toBeHidden();
  await expectAccessible(otherPage);
  expect((await otherPage.request.get(archive ?? '')).status()).toBe(403);
});
