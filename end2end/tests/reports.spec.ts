import type { Page } from '@playwright/test';

import { sendEvent } from '../events';
import { type Account, expect, expectAccessible, hydrated, signIn, test } from '../fixtures';
import { signInReadOnly } from '../readers';

const of = (account: Account, page: string) => `/a/${account.accountId}/e/${account.environmentId}/${page}`;

/** A definition of the events named `order`. */
async function define(page: Page, account: Account, name: string, javaScriptEnabled = true): Promise<void> {
  await page.goto(of(account, 'definitions/new'));
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Event name').fill('order');
  await page.getByRole('button', { name: 'Create definition' }).click();
  await expect(page.getByRole('row', { name: new RegExp(name) })).toBeVisible();
}

test('a report draws what happened each day, with a table behind it', { tag: '@both' }, async ({ page, cairn, account, javaScriptEnabled }) => {
  for (const identity of ['alice@example.test', 'alice@example.test', 'bob@example.test']) {
    await sendEvent(cairn, account.environmentId, 'order', identity);
  }
  await sendEvent(cairn, account.environmentId, 'something else', 'bob@example.test');
  await signIn(page, account);
  await define(page, account, 'Order placed', javaScriptEnabled);

  await page.getByRole('link', { name: 'Reports', exact: true }).click();
  await page.getByRole('link', { name: 'Create a report' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Orders');
  await page.getByLabel('Last 7 days').check();
  await page.getByRole('button', { name: 'Create report' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Report created' })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Orders, from .*: the most was 3 events on/ })).toBeVisible();
  await page.getByText('Show the numbers as a table').click();
  const rows = page.getByRole('table', { name: 'Orders' }).locator('tbody').getByRole('row');
  await expect(rows).toHaveCount(7);
  await expect(rows.first().getByRole('cell')).toHaveText('3');

  await page.getByRole('link', { name: 'Edit report' }).click();
  await page.getByLabel('Unique users').check();
  await page.getByLabel('Last 90 days').check();
  await page.getByRole('button', { name: 'Save report' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Report saved' })).toBeVisible();
  await expect(page.getByRole('img', { name: /the most was 2 unique users on/ })).toBeVisible();
});

test('a report is archived and restored', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await define(page, account, 'Order placed', javaScriptEnabled);
  await page.goto(of(account, 'reports/new'));
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Name', { exact: true }).fill('Orders');
  await page.getByRole('button', { name: 'Create report' }).click();
  await page.getByRole('link', { name: 'Reports', exact: true }).click();
  await page.getByRole('button', { name: 'Archive Orders' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Report archived' })).toBeVisible();
  await page.getByRole('region', { name: 'Archived' }).getByRole('button', { name: 'Restore Orders' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Report restored' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Archived' })).toHaveCount(0);
});

test('a report needs a name, and what was chosen is kept', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await define(page, account, 'Order placed', javaScriptEnabled);
  await page.goto(of(account, 'reports/new'));
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Unique users').check();
  await page.getByLabel('Last 90 days').check();
  await page.getByRole('button', { name: 'Create report' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveAccessibleDescription(/Enter a name/);
  await expect(page.getByLabel('Unique users')).toBeChecked();
  await expect(page.getByLabel('Last 90 days')).toBeChecked();
});

test('without a definition the page of reports leads to making one', { tag: '@both' }, async ({ page, account }) => {
  await signIn(page, account);
  await page.goto(of(account, 'reports'));
  await page.getByRole('link', { name: 'Create a definition' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('New definition');
});

test('a report can be read on a screen of 320 pixels', { tag: '@both' }, async ({ page, cairn, account, javaScriptEnabled }) => {
  await sendEvent(cairn, account.environmentId, 'order', 'alice@example.test');
  await signIn(page, account);
  await define(page, account, 'Order placed', javaScriptEnabled);
  await page.goto(of(account, 'reports/new'));
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Name', { exact: true }).fill('Orders');
  await page.getByRole('button', { name: 'Create report' }).click();
  await page.setViewportSize({ width: 320, height: 640 });
  const chart = page.getByRole('img', { name: /^Orders/ });
  await expect(chart).toBeInViewport();
  for (const text of await chart.locator('text').all()) {
    const box = await text.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 320 && box.height >= 12, `${await text.textContent()}`).toBe(true);
  }
});

test('a read-only teammate views a report and no control, and is told why', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await define(page, account, 'Order placed', javaScriptEnabled);
  await page.goto(of(account, 'reports/new'));
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Name', { exact: true }).fill('Orders');
  await page.getByRole('button', { name: 'Create report' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Orders');
  await page.context().clearCookies();
  await signInReadOnly(page, account);
  await page.goto(of(account, 'reports'));
  await expect(page.getByText('Your access is read-only')).toBeVisible();
  await expect(page.locator('main').getByRole('button')).toHaveCount(0);
  await page.getByRole('link', { name: 'Orders' }).click();
  await expect(page.getByRole('img', { name: /^Orders/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Edit/ })).toHaveCount(0);
  expect((await page.goto(of(account, 'reports/new')))?.status()).toBe(403);
});

test('the list of reports is accessible, empty and full', async ({ page, account }) => {
  await signIn(page, account);
  await page.goto(of(account, 'reports'));
  await hydrated(page);
  await expectAccessible(page);
  await define(page, account, 'Order placed');
  await page.goto(of(account, 'reports/new'));
  await hydrated(page);
  await page.getByLabel('Name', { exact: true }).fill('Orders');
  await page.getByRole('button', { name: 'Create report' }).click();
  await page.getByRole('link', { name: 'Reports', exact: true }).click();
  await expect(page.getByRole('row', { name: /Orders/ })).toBeVisible();
  await expectAccessible(page);
});

test('a report and its forms are accessible', async ({ page, cairn, account }) => {
  await sendEvent(cairn, account.environmentId, 'order', 'alice@example.test');
  await signIn(page, account);
  await define(page, account, 'Order placed');
  await page.goto(of(account, 'reports/new'));
  await hydrated(page);
  await page.getByRole('button', { name: 'Create report' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Name', { exact: true }).fill('Orders');
  await page.getByRole('button', { name: 'Create report' }).click();
  await page.getByText('Show the numbers as a table').click();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Edit report' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Edit Orders');
  await expectAccessible(page);
});
