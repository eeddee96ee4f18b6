import type { Page } from '@playwright/test';

import { type Account, expect, expectAccessible, hydrated, signIn, test } from '../fixtures';

const settings = (account: Account, page: string) => `/a/${account.accountId}/settings/${page}`;
const rows = (page: Page) => page.locator('main tbody').getByRole('row');
const searchbox = (page: Page) => page.getByRole('searchbox');
const next = (page: Page) => page.getByRole('link', { name: 'Next', exact: true });

/** Sixty projects, `Shop 01` to `Shop 60`, as the page's form makes them. */
async function makeShops(page: Page, account: Account): Promise<void> {
  for (let number = 1; number <= 60; number += 1) {
    const form = { account: account.accountId, name: `Shop ${String(number).padStart(2, '0')}` };
    const answer = await page.request.post('/api/console/project_create', { form });
    expect(answer.status(), await answer.text()).toBe(200);
  }
}

async function search(page: Page, text: string): Promise<void> {
  await searchbox(page).fill(text);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
}

test('a long list is paged, searched and sorted', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await makeShops(page, account);
  await page.goto(settings(account, 'projects'));
  await hydrated(page, javaScriptEnabled);
  await expect(rows(page)).toHaveCount(50);
  await expect(page.getByText('1–50 of 61').first()).toBeVisible();
  await next(page).click();
  await expect(rows(page)).toHaveCount(11);
  await expect(page).toHaveURL(/[?&]page=2$/);
  await expect(next(page)).toHaveCount(0);

  await search(page, 'sHOP 5');
  await expect(page.getByText('10 matching')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Shop 59' })).toBeVisible();
  await search(page, '%');
  await expect(page.getByText('No match for “%”')).toBeVisible();
  await page.getByRole('link', { name: 'Clear the search' }).click();
  await expect(rows(page)).toHaveCount(50);
  await expect(searchbox(page)).toHaveValue('');

  const switcher = page.getByRole('button', { name: /^Project and environment:/ });
  await switcher.click();
  await expect(page.locator('#switcher')).toContainText('and 11 more');
  await page.keyboard.press('Escape');
  await search(page, 'shop 60');
  await page.getByRole('region', { name: 'Shop 60' }).getByRole('link', { name: 'Production' }).click();
  await expect(switcher).toContainText('Shop 60');
  await switcher.click();
  await expect(page.locator('#switcher')).toContainText('and 10 more');

  await page.goto(settings(account, 'audit-log'));
  await hydrated(page, javaScriptEnabled);
  const when = page.getByRole('columnheader', { name: 'When' });
  await expect(when).toHaveAttribute('aria-sort', 'descending');
  await expect(rows(page).first()).toContainText('Created the project Shop 60');
  await when.getByRole('link').click();
  await expect(when).toHaveAttribute('aria-sort', 'ascending');
  await expect(rows(page).first()).toContainText('Created the account');
  await search(page, 'project shop 07');
  await expect(rows(page)).toHaveCount(1);
  await expect(when).toHaveAttribute('aria-sort', 'ascending');
});

test('what is done to a row keeps the place in the list', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  const guest = (number: number) => `guest-${number}-of-${account.email}`;
  for (let number = 1; number <= 12; number += 1) {
    const form = { account: account.accountId, email: guest(number), access: 'full' };
    expect((await page.request.post('/api/console/invite', { form })).status()).toBe(200);
  }
  await page.goto(`${settings(account, 'teammates')}?q=guest-1`);
  await hydrated(page, javaScriptEnabled);
  await expect(page.getByText('No match for “guest-1”')).toBeVisible();
  const invites = page.getByRole('region', { name: 'Pending invites' }).getByRole('listitem');
  await expect(invites).toHaveCount(4);
  await page.getByRole('button', { name: `Revoke the invite of ${guest(11)}` }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Invite revoked' })).toBeVisible();
  await expect(invites).toHaveCount(3);
  await expect(searchbox(page)).toHaveValue('guest-1');
});

test('a long list is accessible, and reached and left by keys', async ({ page, account }) => {
  await signIn(page, account);
  await makeShops(page, account);
  await page.goto(settings(account, 'audit-log'));
  await hydrated(page);
  await expectAccessible(page);
  await page.keyboard.press('/');
  await expect(searchbox(page)).toBeFocused();
  await page.keyboard.type('g?/t');
  await expect(searchbox(page)).toHaveValue('g?/t');
  await searchbox(page).blur();

  await page.keyboard.press('Control+g');
  await page.keyboard.press('t');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Audit log');
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Teammates');
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await expect(keys).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(keys).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page).toHaveURL(/\/me$/);
});

test('where there is no search, the key for it skips to the page', async ({ page, account }) => {
  await signIn(page, account);
  await page.goto(settings(account, 'teammates'));
  await hydrated(page);
  await expect(searchbox(page)).toHaveCount(0);
  await page.keyboard.press('/');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Search, or skip to the page');
});
