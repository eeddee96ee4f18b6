import type { Page } from '@playwright/test';

import { expect, expectAccessible, hydrated, signIn, test } from '../fixtures';
import { signInReadOnly } from '../readers';
import { adminOf, bobOf, email, invite, invites, join, joined, member, members, notice, PASSWORD, path, readOnly, reload, send, title } from '../teammates';

test.beforeEach(async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
});

test('a teammate with full access has the rights of the first admin', { tag: '@both' }, async ({ page, otherPage, account, javaScriptEnabled }) => {
  await join(otherPage, await invite(page, bobOf(account)), 'Bob', javaScriptEnabled);
  await invite(otherPage, `carol-of-${account.email}`);
  await readOnly(otherPage, adminOf(account), false).click();
  await expect(notice(otherPage, 'Access changed')).toBeVisible();
  await reload(page, javaScriptEnabled);
  await expect(page.getByText('Your access is read-only')).toBeVisible();
  await expect(send(page)).toHaveCount(0);
});

test("read-only access counts on the teammate's very next request, and full access again on the one after", { tag: '@both' }, async ({ page, otherPage, account, javaScriptEnabled }) => {
  await join(otherPage, await invite(page, bobOf(account)), 'Bob', javaScriptEnabled);
  await otherPage.getByRole('link', { name: 'Projects & environments', exact: true }).click();
  await otherPage.getByLabel('Project name').fill('Shop');
  await reload(page, javaScriptEnabled);
  await readOnly(page, 'Bob', false).click();
  await expect(notice(page, 'Access changed')).toBeVisible();
  await expect(readOnly(page, 'Bob', true)).toBeVisible();

  await otherPage.getByRole('button', { name: 'Create project' }).click();
  await expect(otherPage.getByText('Your access is read-only')).toBeVisible();
  await otherPage.goto(`/a/${account.accountId}/settings/projects`);
  await expect(otherPage.getByRole('region', { name: 'Main' })).toBeVisible();
  await expect(otherPage.getByRole('region', { name: 'Shop' })).toHaveCount(0);
  await expect(otherPage.locator('main').getByRole('button')).toHaveCount(0);

  await readOnly(page, 'Bob', true).click();
  await expect(readOnly(page, 'Bob', false)).toBeVisible();
  await reload(otherPage, javaScriptEnabled);
  await otherPage.getByLabel('Project name').fill('Shop');
  await otherPage.getByRole('button', { name: 'Create project' }).click();
  await expect(otherPage.getByRole('region', { name: 'Shop' })).toBeVisible();
});

test("a change of access ends the teammate's older sign-ins", { tag: '@both' }, async ({ page, otherPage, request, account, javaScriptEnabled }) => {
  await join(otherPage, await invite(page, bobOf(account)), 'Bob', javaScriptEnabled);
  await request.post('/api/console/sign_in', { form: { email: bobOf(account), password: PASSWORD } });
  await reload(page, javaScriptEnabled);
  await readOnly(page, 'Bob', false).click();
  await expect(notice(page, 'Access changed')).toBeVisible();
  await otherPage.goto('/me');
  await expect(title(otherPage)).toHaveText('Sign in');
  expect(await (await request.get('/me')).text()).toContain('Read-only access');
});

test('a removed teammate is refused on the very next request, and can be invited again', { tag: '@both' }, async ({ page, otherPage, account, javaScriptEnabled }) => {
  await join(otherPage, await invite(page, bobOf(account)), 'Bob', javaScriptEnabled);
  await reload(page, javaScriptEnabled);
  await page.getByRole('link', { name: 'Remove Bob' }).click();
  await expect(title(page)).toHaveText('Remove Bob?');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(members(page)).toHaveCount(2);
  await page.getByRole('link', { name: 'Remove Bob' }).click();
  await page.getByRole('button', { name: 'Remove Bob' }).click();
  await expect(notice(page, 'Teammate removed')).toBeVisible();
  await expect(members(page)).toHaveCount(1);

  await otherPage.getByRole('link', { name: 'Audit log' }).click();
  await expect(title(otherPage)).toHaveText('Not found');
  expect((await otherPage.goto(path(account)))?.status()).toBe(404);
  await otherPage.goto('/');
  await expect(title(otherPage)).toHaveText('No account');

  await otherPage.goto(await invite(page, bobOf(account)));
  await otherPage.getByRole('button', { name: 'Join' }).click();
  await joined(otherPage, javaScriptEnabled);
  await expect(members(otherPage)).toHaveCount(2);
});

test('the last teammate with full access can be neither restricted nor removed, and the page says so', { tag: '@both' }, async ({ page, otherPage, account, javaScriptEnabled }) => {
  await signInReadOnly(otherPage, account);
  await reload(page, javaScriptEnabled);
  await readOnly(page, adminOf(account), false).click();
  const said = 'This is the last teammate with full access. Give somebody else full access first.';
  await expect(member(page, adminOf(account)).getByRole('alert')).toHaveText(said);
  await expect(readOnly(page, adminOf(account), false)).toBeVisible();

  await page.getByRole('link', { name: `Remove ${adminOf(account)}` }).click();
  await page.getByRole('button', { name: `Remove ${adminOf(account)}` }).click();
  await expect(page.getByRole('alert')).toContainText(said);
  await page.goto(path(account));
  await expect(members(page)).toHaveCount(2);
  await expect(send(page)).toBeVisible();
});

test('a refusal to remove somebody leads to no field, for there is none', { tag: '@both' }, async ({ page, account }) => {
  await page.getByRole('link', { name: `Remove ${adminOf(account)}` }).click();
  await page.getByRole('button', { name: `Remove ${adminOf(account)}` }).click();
  await expect(page.getByRole('alert')).toContainText('This is the last teammate with full access');
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(0);
});

test('of two admins who restrict each other at the same moment, one keeps full access', async ({ page, otherPage, account }) => {
  await join(otherPage, await invite(page, bobOf(account)), 'Bob');
  await reload(page);
  const restrict = async (by: Page, name: string) => {
    const address = await page.getByRole('link', { name: `Remove ${name}` }).getAttribute('href');
    const person = /teammates\/(.+)\/remove/.exec(address ?? '')?.[1] ?? '';
    return () => by.request.post('/api/console/access_set', { form: { account: account.accountId, person, access: 'read_only' } });
  };
  const both = [await restrict(page, 'Bob'), await restrict(otherPage, adminOf(account))];
  const answers = await Promise.all(both.map((send) => send()));
  expect(answers.map((answer) => answer.status()).sort()).toEqual([200, 403]);
  await reload(page);
  await reload(otherPage);
  expect((await send(page).count()) + (await send(otherPage).count())).toBe(1);
});

test('a read-only teammate sees the list and no control, and is told why', { tag: '@both' }, async ({ page, otherPage, account, javaScriptEnabled }) => {
  await signInReadOnly(otherPage, account);
  await reload(page, javaScriptEnabled);
  const link = await invite(page, bobOf(account));
  await otherPage.goto(path(account));
  await expect(otherPage.getByText('Your access is read-only. Teammates with full access can invite, restrict and remove teammates.')).toBeVisible();
  await expect(members(otherPage)).toHaveCount(2);
  await expect(invites(otherPage)).toContainText([bobOf(account)]);
  expect(await otherPage.content()).not.toContain(new URL(link).pathname);
  await expect(otherPage.locator('main').getByRole('button')).toHaveCount(0);
  await expect(otherPage.locator('main').getByRole('link')).toHaveCount(0);
  await expect(otherPage.locator('main').getByRole('textbox')).toHaveCount(0);
  const remove = await page.getByRole('link', { name: 'Remove Reader' }).getAttribute('href');
  expect((await otherPage.goto(remove ?? ''))?.status()).toBe(403);
});

test("another account's teammates are not found", { tag: '@both' }, async ({ page, otherPage, cairn, account }) => {
  const stranger = await cairn.createAccount();
  const remove = await page.getByRole('link', { name: `Remove ${adminOf(account)}` }).getAttribute('href');
  await signIn(otherPage, stranger);
  for (const address of [path(account), remove ?? '', (remove ?? '').replace(account.accountId, stranger.accountId)]) {
    expect((await otherPage.goto(address))?.status(), address).toBe(404);
    await expect(title(otherPage)).toHaveText('Not found');
  }
});

test('the list of teammates is accessible, with members, invites and a refusal', async ({ page, otherPage, account }) => {
  test.slow();
  await signInReadOnly(otherPage, account);
  await reload(page);
  await invite(page, bobOf(account));
  await expectAccessible(page);
  await readOnly(page, adminOf(account), false).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await send(page).click();
  await expect(email(page)).toHaveAccessibleDescription(/Enter an e-mail address/);
  await expectAccessible(page);
  await otherPage.goto(path(account));
  await expect(invites(otherPage)).toHaveCount(1);
  await expectAccessible(otherPage);
});

test('removing a teammate is accessible, before and after a refusal', async ({ page, account }) => {
  await page.getByRole('link', { name: `Remove ${adminOf(account)}` }).click();
  await expect(title(page)).toHaveText(`Remove ${adminOf(account)}?`);
  await expectAccessible(page);
  await page.getByRole('button', { name: `Remove ${adminOf(account)}` }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
});

test('the page for somebody in no account is accessible', async ({ page, otherPage, account }) => {
  await join(otherPage, await invite(page, bobOf(account)), 'Bob');
  await reload(page);
  await page.getByRole('link', { name: 'Remove Bob' }).click();
  await page.getByRole('button', { name: 'Remove Bob' }).click();
  await expect(notice(page, 'Teammate removed')).toBeVisible();
  await otherPage.goto('/');
  await expect(title(otherPage)).toHaveText('No account');
  await expectAccessible(otherPage);
});
