import type { Page } from '@playwright/test';

import { type Account, expect, hydrated, signIn, test } from '../fixtures';

test.use({ variables: { CAIRN_IPV4_HOST: 'v4.cairn.test', CAIRN_IPV6_HOST: 'v6.cairn.test', CAIRN_TRUSTED_PROXIES: '127.0.0.1' } });

const path = (account: Account) => `/a/${account.accountId}/settings/excluded-ips`;
const box = (page: Page) => page.getByRole('textbox', { name: /^Addresses excluded/ });
const rows = (page: Page) => page.getByRole('table', { name: 'Excluded addresses' }).locator('tbody').getByRole('row');

test.beforeEach(async ({ page, account }) => {
  const answer = (body: string) => ({ body, contentType: 'text/plain', headers: { 'access-control-allow-origin': '*' } });
  await page.route('http://v4.cairn.test/api/address', (route) => route.fulfill(answer('203.0.113.7')));
  await page.route('http://v6.cairn.test/api/address', (route) => route.fulfill(answer('2001:db8::7')));
  await signIn(page, account);
});

test('an admin sees both of the own addresses, or can ask for them', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  const section = page.getByRole('region', { name: 'How you reach this server' });
  await expect(section.getByRole('link', { name: 'Ask for it' }).first()).toHaveAttribute('href', 'http://v4.cairn.test/api/address');
  if (javaScriptEnabled) {
    await expect(section).toContainText('203.0.113.7');
    await expect(section).toContainText('2001:db8::7');
  }
});

test('the own address is added with one press, and what is typed is saved with it', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': '203.0.113.7' });
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  await expect(page.getByText('Your address is 203.0.113.7')).toBeVisible();
  await box(page).fill('192.0.2.1 # typed');
  await page.getByRole('button', { name: 'Add it and save' }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(box(page)).toHaveValue('192.0.2.1 # typed\n203.0.113.7\n');
  await expect(page.getByText('It is excluded by 203.0.113.7')).toBeVisible();
});

test('an own address that is private is asked about once more', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': '192.168.0.1' });
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  const add = page.getByRole('button', { name: 'Add it and save' });
  await add.click();
  await expect(box(page)).toHaveAccessibleDescription(/This covers private addresses/);
  await page.getByLabel('Save it all the same').check();
  await add.click();
  await expect(rows(page)).toHaveCount(1);
});
