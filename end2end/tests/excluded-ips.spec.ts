import { type Page } from '@playwright/test';

import { type Account, expect, expectAccessible, hydrated, signIn, test } from '../fixtures';
import { signInReadOnly } from '../readers';

const path = (account: Account, environment = '') => `/a/${account.accountId}/settings/excluded-ips${environment && `/${environment}`}`;
const box = (page: Page) => page.getByRole('textbox', { name: /^Addresses excluded/ });
const save = (page: Page) => page.getByRole('button', { name: 'Save list' });
const rows = (page: Page) => page.getByRole('table', { name: 'Excluded addresses' }).locator('tbody').getByRole('row');

test.beforeEach(async ({ page, account }) => signIn(page, account));

test('an admin excludes addresses, and sees who added which and when', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  await expect(page.getByText('Nothing is excluded')).toBeVisible();
  await expect(page.getByText('Nothing collected before changes')).toBeVisible();

  await box(page).fill('198.18.* # Office\n2001:DB8::1\n192.0.2.1-192.0.2.9');
  await save(page).click();
  await expect(page.getByText('List saved')).toBeVisible();
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toContainText('198.18.*');
  await expect(rows(page).first()).toContainText('Office');
  await expect(rows(page).first().locator('time')).toHaveAttribute('title', /UTC$/);
  await expect(box(page)).toHaveValue('198.18.* # Office\n2001:db8::1\n192.0.2.1-192.0.2.9\n');

  await box(page).fill('');
  await save(page).click();
  await expect(page.getByText('Nothing is excluded')).toBeVisible();
});

test('every bad line is told with its number, and nothing is saved or lost', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  const typed = '10.0.0.1 # fine\nnonsense\n10.*.3.4\n0.0.0.0/0\n';
  await box(page).fill(typed);
  await save(page).click();
  await expect(box(page)).toHaveAccessibleDescription(/Line 2: This is not an IP address.*Line 3: A wildcard can only stand at the end.*10\.0\.0\.0\/8.*Line 4: This would exclude every visitor/s);
  await expect(page.getByRole('alert')).toContainText('3 things to correct');
  await expect(box(page)).toHaveValue(typed);
  await page.goto(path(account));
  await expect(page.getByText('Nothing is excluded')).toBeVisible();
});

test('a list can be refused twice in a row', { tag: '@nojs' }, async ({ page, account }) => {
  await page.goto(path(account));
  for (const typed of ['nonsense\n', 'more nonsense\n']) {
    await box(page).fill(typed);
    await save(page).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(box(page)).toHaveValue(typed);
  }
  await box(page).fill('192.0.2.1');
  await save(page).click();
  await expect(rows(page)).toHaveCount(1);
});

test('a save of a list that somebody else saved meanwhile shows both', { tag: '@both' }, async ({ page, context, account, javaScriptEnabled }) => {
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  await box(page).fill('192.0.2.1 # mine\n');

  const other = await context.newPage();
  await other.goto(path(account));
  await hydrated(other, javaScriptEnabled);
  await box(other).fill('198.51.100.1 # theirs\n');
  await save(other).click();
  await expect(rows(other)).toHaveCount(1);

  await save(page).click();
  await expect(page.getByRole('alert')).toContainText('Somebody else saved a change');
  await expect(box(page)).toHaveValue('192.0.2.1 # mine\n');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText('theirs');

  await save(page).click();
  await expect(page.getByText('List saved')).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText('mine');
});

test('lines that may not be meant, or stand there twice, are told and asked about once more', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  await box(page).fill('198.18.0.1\n198.18.0.1\n');
  await save(page).click();
  await expect(box(page)).toHaveAccessibleDescription(/Line 2: This stands in line 1 already/);
  const typed = '198.18.* # Office\n64.0.0.0/7\n127.0.0.*\n198.18.0.1\n';
  await box(page).fill(typed);
  await save(page).click();
  await expect(box(page)).toHaveAccessibleDescription(/Line 2: This covers more than.*Line 3: This covers private addresses/s);
  await expect(box(page)).toHaveValue(typed);
  const sure = page.getByLabel('Save it all the same: lines 2, 3');
  await sure.check();
  await box(page).fill(`${typed}96.0.0.0/7\n`);
  await save(page).click();
  await expect(page.getByLabel('Save it all the same: lines 2, 3, 5')).not.toBeChecked();
  if (javaScriptEnabled) await expectAccessible(page);
  await page.getByLabel('Save it all the same: lines 2, 3, 5').check();
  await save(page).click();
  await expect(page.getByText('List saved')).toBeVisible();
  await expect(rows(page)).toHaveCount(5);
  await expect(rows(page).filter({ hasText: '198.18.0.1' })).toContainText('Covered by 198.18.*');
  await expect(page.getByText('One line is covered by another and can go')).toBeVisible();
});

test('anybody in the account tests which line decides about an address', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  await box(page).fill('192.0.2.* # Lab\n192.0.2.7\n');
  await save(page).click();
  await expect(rows(page)).toHaveCount(2);
  await signInReadOnly(page, account);
  await page.goto(path(account, account.environmentId));
  await hydrated(page, javaScriptEnabled);
  const address = page.getByLabel('Address', { exact: true });
  const result = page.getByRole('region', { name: 'Test an address' });
  const ask = async (text: string) => {
    await address.fill(text);
    await page.getByRole('button', { name: 'Test address' }).click();
    await expect(address).toHaveValue(text);
  };
  await ask('192.0.2.9');
  for (const said of ['Data from 192.0.2.9 is refused', '192.0.2.*', 'Lab', 'All environments', 'by ']) await expect(result).toContainText(said);
  await ask('198.51.100.1');
  await expect(result).toContainText('Data from 198.51.100.1 is collected');
  await ask('192.0.2');
  await expect(address).toHaveAccessibleDescription(/This is not an IP address/);
});

test('a long list comes by a file, is searched, changed line by line and goes out again', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  const lines = Array.from({ length: 1_200 }, (_, n) => `198.19.${n >> 8}.${n & 255} # host ${n}\n`);
  const upload = async (text: string, button: string) => {
    await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
    await page.getByRole('button', { name: button }).click();
  };
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  await upload('10.0.0.1\nnonsense\n', 'Replace the list');
  await expect(page.getByLabel('File', { exact: true })).toHaveAccessibleDescription(/Line 2: This is not an IP address/);
  await hydrated(page, javaScriptEnabled);
  await upload(lines.join(''), 'Replace the list');
  await expect(page.getByText('added 1200, removed 0')).toBeVisible();
  await hydrated(page, javaScriptEnabled);
  await expect(rows(page)).toHaveCount(100);
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByText('Shown are 101 to 200.')).toBeVisible();
  if (javaScriptEnabled) await expectAccessible(page);

  await page.getByLabel('Search patterns and notes').fill('HOST 119');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByText('Found 11 of 1,200 lines.')).toBeVisible();
  await hydrated(page, javaScriptEnabled);
  await page.getByRole('button', { name: 'Remove 198.19.4.172' }).click();
  await expect(page.getByText('added 0, removed 1')).toBeVisible();
  await expect(page.getByText('Found 10 of 1,199 lines.')).toBeVisible();

  await page.getByLabel('Lines to add').fill('198.19.0.0 # there already\n192.0.2.1 # new\n');
  await page.getByRole('button', { name: 'Add lines' }).click();
  await expect(page.getByText('added 1, removed 0')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download list' }).click();
  const file = await (await (await download).createReadStream()).toArray();
  expect(Buffer.concat(file).toString()).toBe(lines.filter((line) => !line.startsWith('198.19.4.172 ')).join('') + '192.0.2.1 # new\n');
});

test('an environment has a list of its own', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  await box(page).fill('typed for all environments');
  await page.getByRole('link', { name: 'Main / Production' }).click();
  await expect(page).toHaveURL(new RegExp(`/excluded-ips/${account.environmentId}$`));
  await expect(box(page)).toHaveValue('');
  await box(page).fill('192.0.2.1');
  await save(page).click();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('link', { name: 'All environments' }).click();
  await expect(page.getByText('Nothing is excluded')).toBeVisible();
});

test('data of an excluded address is refused as soon as the list is saved', async ({ page, account, request }) => {
  const identify = () => request.post('/api/v1/identify', { data: { app_id: account.appId, user_id: '1', identity: 'alice@example.test' } });
  expect((await identify()).status()).toBe(200);
  await page.goto(path(account));
  await box(page).fill('127.0.0.1\n::1\n');
  await save(page).click();
  await page.getByLabel('Save it all the same').check();
  await save(page).click();
  await expect(page.getByText('List saved')).toBeVisible();
  expect((await identify()).status()).toBe(403);
});

test('a read-only teammate sees the list, no control, and why', { tag: '@both' }, async ({ page, account }) => {
  await signInReadOnly(page, account);
  await page.goto(path(account));
  await expect(page.getByText('Your access is read-only')).toBeVisible();
  await expect(page.getByText('Nothing is excluded')).toBeVisible();
  await expect(box(page)).toHaveCount(0);
  await expect(page.locator('main').getByRole('button')).toHaveText(['Test address']);
  await expect(page.getByText('not a trusted proxy')).toBeVisible();
});

test('the page is accessible, empty, filled and refused', async ({ page, account }) => {
  test.slow();
  await page.goto(path(account));
  await hydrated(page);
  await expectAccessible(page);
  await box(page).fill('198.18.* # Office\n');
  await save(page).click();
  await expect(rows(page)).toHaveCount(1);
  await expectAccessible(page);
  await box(page).fill('nonsense');
  await save(page).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
});
