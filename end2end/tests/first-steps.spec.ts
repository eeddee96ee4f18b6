import type { Page } from '@playwright/test';

import { sendEvent } from '../events';
import { type Account, expect, expectAccessible, hydrated, signIn, test } from '../fixtures';
import { signInReadOnly } from '../readers';

const of = (account: Account, page: string) => `/a/${account.accountId}/e/${account.environmentId}/${page}`;
const list = (page: Page) => page.getByRole('region', { name: 'First steps' });
const step = (page: Page, name: string) => list(page).getByRole('listitem').filter({ hasText: name });
const menu = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();

test('a new admin is led through the first steps, and dismisses them', { tag: '@both' }, async ({ page, cairn, account, javaScriptEnabled }) => {
  test.slow();
  await signIn(page, account);
  await page.goto('/');
  await hydrated(page, javaScriptEnabled);
  await expect(list(page).getByRole('listitem')).toHaveCount(3);
  await expect(list(page).getByText('Done', { exact: true })).toHaveCount(0);

  await list(page).getByRole('link', { name: 'Send an event' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Production');
  await expect(step(page, 'Send an event')).not.toContainText('Done');
  await expect(step(page, 'Send an event')).toContainText('The command to paste is below');
  await expect(list(page).getByRole('link', { name: 'Send an event' })).toHaveCount(0);
  await sendEvent(cairn, account.environmentId, 'order', 'alice@example.test');
  await expect(step(page, 'Send an event')).toContainText('Done', { timeout: 15_000 });
  await expect(list(page)).toContainText('1 of 3 done');

  await list(page).getByRole('link', { name: 'Invite somebody' }).click();
  await page.getByLabel('E-mail address').fill('bob@example.test');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Invite created' })).toBeVisible();
  await menu(page, 'Reports');
  await expect(step(page, 'Invite somebody')).toContainText('Done');
  await expect(step(page, 'Exclude your address')).not.toContainText('Done');

  await list(page).getByRole('link', { name: 'Exclude your address' }).click();
  await page.getByRole('textbox', { name: /^Addresses excluded/ }).fill('203.0.113.7 # Office');
  await page.getByRole('button', { name: 'Save list' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'List saved' })).toBeVisible();
  await menu(page, 'Reports');
  await expect(list(page).getByText('Done', { exact: true })).toHaveCount(3);
  await expect(list(page)).toContainText('All done');

  await list(page).getByRole('button', { name: 'Dismiss first steps' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'First steps dismissed' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reports');
  await expect(list(page)).toHaveCount(0);
  await menu(page, 'Environment');
  await expect(page.getByText('Receiving events')).toBeVisible();
  await expect(list(page)).toHaveCount(0);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reports');
  await expect(list(page)).toHaveCount(0);
  await menu(page, 'Audit log');
  await expect(page.getByRole('row', { name: /Dismissed the first steps/ })).toHaveCount(1);
});

test('the first steps are dismissed where they are in the way, with nothing done', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(of(account, 'settings'));
  await hydrated(page, javaScriptEnabled);
  await list(page).getByRole('button', { name: 'Dismiss first steps' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'First steps dismissed' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Production');
  await expect(list(page)).toHaveCount(0);
});

test('a read-only teammate, who can do none of them, sees no first steps', { tag: '@both' }, async ({ page, account }) => {
  await signInReadOnly(page, account);
  for (const [rest, title] of [['reports', 'Reports'], ['settings', 'Production']] as const) {
    await page.goto(of(account, rest));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(list(page)).toHaveCount(0);
  }
});

test('the first steps are accessible, none done and some', async ({ page, cairn, account }) => {
  test.slow();
  await signIn(page, account);
  await page.goto(of(account, 'reports'));
  await hydrated(page);
  await expectAccessible(page);
  await sendEvent(cairn, account.environmentId, 'order', 'alice@example.test');
  await page.goto(of(account, 'reports'));
  await hydrated(page);
  await expect(step(page, 'Send an event')).toContainText('Done');
  await expectAccessible(page);
});
