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

  await box(page).fill('10.0.* # Office\n2001:DB8::1\n192.0.2.1-192.0.2.9');
  await save(page).click();
  await expect(page.getByText('List saved')).toBeVisible();
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toContainText('10.0.*');
  await expect(rows(page).first()).toContainText('Office');
  await expect(rows(page).first().locator('time')).toHaveAttribute('title', /UTC$/);
  await expect(box(page)).toHaveValue('10.0.* # Office\n2001:db8::1\n192.0.2.1-192.0.2.9\n');

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

test('the own address is added with one press and nothing typed is lost', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  await expect(page.getByText('Your address is 127.0.0.1')).toBeVisible();
  await box(page).fill('192.0.2.1 # typed');
  await page.getByRole('button', { name: 'Add it to the list' }).click();
  if (javaScriptEnabled) {
    await expect(box(page)).toHaveValue('192.0.2.1 # typed\n127.0.0.1\n');
    await save(page).click();
  }
  await expect(rows(page)).toHaveCount(2);
  await expect(page.getByText('It is excluded by 127.0.0.1')).toBeVisible();
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
  await expect(page.getByText('List saved')).toBeVisible();
  expect((await identify()).status()).toBe(403);
});

test('a read-only teammate sees the list, no control, and why', { tag: '@both' }, async ({ page, account }) => {
  await signInReadOnly(page, account);
  await page.goto(path(account));
  await expect(page.getByText('Your access is read-only')).toBeVisible();
  await expect(page.getByText('Nothing is excluded')).toBeVisible();
  await expect(box(page)).toHaveCount(0);
  await expect(page.locator('main').getByRole('button')).toHaveCount(0);
});

test('the page is accessible, empty, filled and refused', async ({ page, account }) => {
  test.slow();
  await page.goto(path(account));
  await hydrated(page);
  await expectAccessible(page);
  await box(page).fill('10.0.* # Office\n');
  await save(page).click();
  await expect(rows(page)).toHaveCount(1);
  await expectAccessible(page);
  await box(page).fill('nonsense');
  await save(page).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
});
