import type { Page } from '@playwright/test';

import { type Account, expect, expectAccessible, hydrated, signIn, test } from '../fixtures';

// What forms that change something say to bad input; those that make something have it in the journeys of their nouns.

const settings = (account: Account, rest: string) => `/a/${account.accountId}/settings/${rest}`;
const inEnvironment = (account: Account, rest: string) => `/a/${account.accountId}/e/${account.environmentId}/${rest}`;
const notice = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });
const name = (page: Page) => page.getByLabel('Name', { exact: true });

async function createDefinition(page: Page, account: Account, javaScriptEnabled?: boolean): Promise<void> {
  await page.goto(inEnvironment(account, 'definitions/new'));
  await hydrated(page, javaScriptEnabled);
  await name(page).fill('Order placed');
  await page.getByLabel('Event name').fill('order');
  await page.getByRole('button', { name: 'Create definition' }).click();
  await expect(notice(page, 'Definition created')).toBeVisible();
}

test.beforeEach(async ({ page, account }) => signIn(page, account));

test('a project is not renamed to nothing or to a name that is taken', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto(settings(account, 'projects'));
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Project name').fill('Shop');
  await page.getByRole('button', { name: 'Create project' }).click();
  await page.getByRole('link', { name: 'Shop Settings' }).click();
  await page.getByLabel('Project name').fill('');
  await page.getByRole('button', { name: 'Rename project' }).click();
  await expect(page.getByLabel('Project name')).toHaveAccessibleDescription(/Enter a name/);
  await page.getByLabel('Project name').fill('Main');
  await page.getByRole('button', { name: 'Rename project' }).click();
  await expect(page.getByLabel('Project name')).toHaveAccessibleDescription(/taken/);
  await expect(page.getByLabel('Project name')).toHaveValue('Main');
});

test('a definition that is edited badly stays as it was, and what was typed stays typed', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await createDefinition(page, account, javaScriptEnabled);
  await page.getByRole('link', { name: 'Order placed' }).click();
  await name(page).fill('Orders of customers');
  await page.getByLabel('Event name').fill('');
  await page.getByRole('button', { name: 'Save definition' }).click();
  await expect(page.getByLabel('Event name')).toHaveAccessibleDescription(/Enter an event name/);
  await expect(name(page)).toHaveValue('Orders of customers');
  await page.goto(inEnvironment(account, 'definitions'));
  await expect(page.getByRole('row', { name: /Order placed/ })).toContainText('order');
});

test('a report that is edited badly stays as it was, and what was chosen stays chosen', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await createDefinition(page, account, javaScriptEnabled);
  await page.goto(inEnvironment(account, 'reports/new'));
  await hydrated(page, javaScriptEnabled);
  await name(page).fill('Orders a day');
  await page.getByRole('button', { name: 'Create report' }).click();
  await expect(notice(page, 'Report created')).toBeVisible();
  await page.getByRole('link', { name: 'Edit report' }).click();
  await name(page).fill('x'.repeat(2_000));
  await page.getByLabel('Unique users').check();
  await page.getByRole('button', { name: 'Save report' }).click();
  await expect(name(page)).toHaveAccessibleDescription(/too long/);
  await expect(name(page)).toHaveValue('x'.repeat(2_000));
  await expect(page.getByLabel('Unique users')).toBeChecked();
  await page.goto(inEnvironment(account, 'reports'));
  await expect(page.getByRole('row', { name: /Orders a day/ })).toContainText('Events of Order placed');
});

test('a bad line of one environment is told with its number', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto(settings(account, `excluded-ips/${account.environmentId}`));
  await hydrated(page, javaScriptEnabled);
  const box = page.getByRole('textbox', { name: /^Addresses excluded/ });
  await box.fill('192.0.2.1\nnonsense\n');
  await page.getByRole('button', { name: 'Save list' }).click();
  await expect(box).toHaveAccessibleDescription(/Line 2: This is not an IP address/);
  await expect(box).toHaveValue('192.0.2.1\nnonsense\n');
});

test('the list of one environment and the page that deletes another are accessible', async ({ page, account }) => {
  await page.goto(settings(account, `excluded-ips/${account.environmentId}`));
  await hydrated(page);
  await expectAccessible(page);
  await page.goto(settings(account, 'projects'));
  await hydrated(page);
  await page.getByRole('link', { name: 'Add environment to Main' }).click();
  await page.getByLabel('Environment name').fill('Staging');
  await page.getByRole('button', { name: 'Create environment' }).click();
  await expect(notice(page, 'Environment created')).toBeVisible();
  await page.goto(settings(account, 'projects'));
  await hydrated(page);
  await page.getByRole('region', { name: 'Main' }).getByRole('link', { name: 'Staging' }).click();
  await page.getByRole('link', { name: 'Delete environment Staging' }).click();
  await page.getByRole('button', { name: 'Delete environment Staging' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
});
