import type { Page } from '@playwright/test';

import { expect, expectAccessible, hydrated, signIn, test } from '../fixtures';

const notice = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });
const signIns = (page: Page) => page.getByRole('region', { name: 'Sign-ins' }).getByRole('listitem');

test('a new name is refused when it is none, and else shown to teammates', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto('/me');
  await hydrated(page, javaScriptEnabled);
  const name = page.getByLabel('Your name');
  await name.fill(' ');
  await page.getByRole('button', { name: 'Change name' }).click();
  await expect(name).toHaveAccessibleDescription(/Enter a name/);
  await name.fill('Ada <Lovelace>');
  await page.getByRole('button', { name: 'Change name' }).click();
  await expect(notice(page, 'Name changed')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ada <Lovelace>');
  await page.goto(`/a/${account.accountId}/settings/teammates`);
  await expect(page.getByRole('table', { name: 'Teammates' })).toContainText('Ada <Lovelace>');
  await page.goto(`/a/${account.accountId}/settings/audit-log`);
  await expect(page.getByRole('table', { name: 'Changes' })).not.toContainText('Lovelace');
});

test('somebody ends a sign-in elsewhere, and all others', { tag: '@both' }, async ({ page, otherPage, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await signIn(otherPage, account);
  await page.goto('/me');
  await hydrated(page, javaScriptEnabled);
  await expect(signIns(page)).toHaveCount(2);
  await expect(signIns(page).filter({ hasText: 'This one' })).toContainText('Chrome');
  await signIns(page).getByRole('button', { name: /^End the sign-in of/ }).click();
  await expect(notice(page, 'Sign-in ended')).toBeVisible();
  await expect(signIns(page)).toHaveCount(1);
  await otherPage.goto('/me');
  await expect(otherPage.getByRole('heading', { level: 1 })).toHaveText('Sign in');

  await signIn(otherPage, account);
  await page.reload();
  await hydrated(page, javaScriptEnabled);
  await page.getByRole('button', { name: 'End all others' }).click();
  await expect(notice(page, 'Every other sign-in of yours has ended')).toBeVisible();
  await expect(signIns(page)).toHaveCount(1);
  await otherPage.goto('/me');
  await expect(otherPage.getByRole('heading', { level: 1 })).toHaveText('Sign in');
});

test('the appearance that was chosen holds on every page of this browser, signed out too', { tag: '@both' }, async ({ page, account }) => {
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  await signIn(page, account);
  await page.goto('/me');
  await expect(page.getByRole('button', { name: 'As the system', pressed: true })).toBeVisible();
  expect(await scheme()).toBe('light dark');
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(notice(page, 'Appearance changed')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Dark', pressed: true })).toBeVisible();
  expect(await scheme()).toBe('dark');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  expect(await scheme()).toBe('dark');
  await signIn(page, account);
  await page.goto('/me');
  await page.getByRole('button', { name: 'As the system' }).click();
  await expect(page.getByRole('button', { name: 'As the system', pressed: true })).toBeVisible();
  expect(await scheme()).toBe('light dark');
});

test('who is in several accounts goes from one to the other', { tag: '@both' }, async ({ page, otherPage, cairn, account, javaScriptEnabled }) => {
  const second = await cairn.createAccount();
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/settings/teammates`);
  await expect(page.getByText('Other accounts')).toHaveCount(0);
  await signIn(otherPage, second);
  const form = { account: second.accountId, email: account.email, access: 'read_only' };
  expect((await otherPage.request.post('/api/console/invite', { form })).status()).toBe(200);
  const list = await (await otherPage.request.get(`/a/${second.accountId}/settings/teammates`)).text();
  const [, invite, token] = /\/invite\/([0-9a-f-]+)\/([\w-]+)/.exec(list) ?? [];
  const joined = await page.request.post('/api/console/invite_accept', { form: { invite: invite ?? '', token: token ?? '' } });
  expect(joined.status(), await joined.text()).toBe(200);

  await page.goto(`/a/${account.accountId}/settings/teammates`);
  await hydrated(page, javaScriptEnabled);
  await page.getByRole('button', { name: /^Project and environment:/ }).click();
  await page.locator('#switcher').getByRole('link', { name: second.name, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/a/${second.accountId}/e/${second.environmentId}/reports`));
  await expect(page.getByRole('button', { name: /^Project and environment:/ })).toContainText(second.name);
  await page.getByRole('button', { name: /^Project and environment:/ }).click();
  await expect(page.locator('#switcher')).toContainText(second.name);
  await expect(page.locator('#switcher').getByRole('link', { name: account.name, exact: true })).toBeVisible();
});

test('the profile is accessible', async ({ page, otherPage, account }) => {
  await signIn(page, account);
  await signIn(otherPage, account);
  await page.goto('/me');
  await hydrated(page);
  await expectAccessible(page);
});
