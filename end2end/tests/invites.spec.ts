import type { Locator } from '@playwright/test';

import { expect, expectAccessible, hydrated, signIn, test } from '../fixtures';
import { adminOf, bobOf, email, invite, invites, join, joined, linkFor, member, members, notice, PASSWORD, password, path, readOnly, reload, send, title } from '../teammates';

test.beforeEach(async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
});

test('a newcomer joins by the link of an invite and sees the account', { tag: '@both' }, async ({ page, otherPage, cairn, account, javaScriptEnabled }) => {
  await expect(members(page)).toHaveCount(1);
  await expect(page.getByRole('radio', { name: /^Full access/ })).toBeChecked();
  const link = await invite(page, bobOf(account));
  await expect(notice(page, 'Invite created')).toBeVisible();
  await expect(email(page)).toHaveValue('');
  await expect(invites(page)).toContainText([/Full access · expires in 7 days/]);
  expect(link).toMatch(new RegExp(`^${cairn.url}/invite/[0-9a-f-]{36}/[\\w-]{43}$`));

  await otherPage.goto(link);
  await expect(title(otherPage)).toHaveText(`Join ${account.name}`);
  await expect(otherPage.getByText(`You are invited as ${bobOf(account)}, with full access.`)).toBeVisible();
  await join(otherPage, link, 'Bob', javaScriptEnabled);
  await expect(title(otherPage)).toHaveText('Teammates');
  await expect(members(otherPage)).toHaveCount(2);

  await reload(page, javaScriptEnabled);
  await expect(member(page, 'Bob')).toContainText(bobOf(account));
  await expect(member(page, 'Bob').locator('time')).toHaveAttribute('title', /UTC$/);
  await expect(readOnly(page, 'Bob', false)).toBeVisible();
  await expect(invites(page)).toHaveCount(0);
});

test('what a new invite says is not hidden by the notice of it', { tag: '@both' }, async ({ page, account }) => {
  await invite(page, bobOf(account));
  const box = async (locator: Locator) => (await locator.boundingBox())!;
  const covering = await box(notice(page, 'Invite created').locator('.notice'));
  for (const shown of [title(page), invites(page)]) {
    const { y, height } = await box(shown);
    expect(covering.y + covering.height <= y || covering.y >= y + height, `${covering.y} and ${y}`).toBe(true);
  }
});

test('somebody who is invited with read-only access joins with read-only access', { tag: '@both' }, async ({ page, otherPage, account, javaScriptEnabled }) => {
  await page.getByRole('radio', { name: /^Read-only/ }).check();
  const link = await invite(page, bobOf(account));
  await expect(invites(page)).toContainText([/Read-only access · expires in 7 days/]);
  await otherPage.goto(link);
  await expect(otherPage.getByText(`You are invited as ${bobOf(account)}, with read-only access.`)).toBeVisible();
  await join(otherPage, link, 'Bob', javaScriptEnabled);
  await expect(member(otherPage, 'Bob')).toContainText('Read-only access');
  await expect(member(otherPage, adminOf(account))).toContainText('Full access');
  await expect(otherPage.getByText('Your access is read-only')).toBeVisible();
  await reload(page, javaScriptEnabled);
  await expect(readOnly(page, 'Bob', true)).toBeVisible();
});

test('the link of an invite is copied with one press', async ({ page, context, account }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const link = await invite(page, bobOf(account));
  await page.getByRole('button', { name: `Invite link for ${bobOf(account)}` }).click();
  await expect(invites(page).getByRole('status')).toHaveText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
});

test('bad, invited and member addresses are told apart beside the field, and what was typed is kept', { tag: '@both' }, async ({ page, account }) => {
  await invite(page, bobOf(account));
  const refused = [
    ['', /Enter an e-mail address/],
    ['bob', /This is not an e-mail address/],
    [bobOf(account).toUpperCase(), /has a pending invite already/],
    [account.email, /is a teammate already/],
  ] as const;
  for (const [typed, sentence] of refused) {
    await email(page).fill(typed);
    await page.getByRole('radio', { name: /^Read-only/ }).check();
    await send(page).click();
    await expect(email(page)).toHaveAccessibleDescription(sentence);
    await expect(email(page)).toHaveValue(typed);
    await expect(page.getByRole('radio', { name: /^Read-only/ })).toBeChecked();
  }
  await expect(invites(page)).toHaveCount(1);
});

test('everything wrong with joining is told beside its field, and the name is kept', { tag: '@both' }, async ({ page, otherPage, account, javaScriptEnabled }) => {
  await otherPage.goto(await invite(page, bobOf(account)));
  await hydrated(otherPage, javaScriptEnabled);
  const press = () => otherPage.getByRole('button', { name: 'Join' }).click();
  await press();
  await expect(otherPage.getByLabel('Your name')).toHaveAccessibleDescription(/Enter a name/);
  await expect(password(otherPage)).toHaveAccessibleDescription(/Enter a password/);
  await otherPage.getByLabel('Your name').fill('Bob');
  await password(otherPage).fill('too few');
  await press();
  await expect(password(otherPage)).toHaveAccessibleDescription(/too short. Use at least 10 characters/);
  await password(otherPage).fill(bobOf(account));
  await press();
  await expect(password(otherPage)).toHaveAccessibleDescription(/The password is the e-mail address/);
  await expect(otherPage.getByLabel('Your name')).toHaveValue('Bob');
  expect(await otherPage.content()).not.toContain('too few');
  await password(otherPage).fill(PASSWORD);
  await press();
  await joined(otherPage, javaScriptEnabled);
  await expect(member(otherPage, 'Bob')).toBeVisible();
});

test('somebody with an account of their own joins by signing in, and is in both', { tag: '@both' }, async ({ page, otherPage, cairn, account, javaScriptEnabled }) => {
  const stranger = await cairn.createAccount();
  await otherPage.goto(await invite(page, stranger.email));
  await hydrated(otherPage, javaScriptEnabled);
  await expect(otherPage.getByText(`You have a sign-in for ${stranger.email} already`)).toBeVisible();
  await expect(otherPage.getByLabel('Your name')).toHaveCount(0);
  await otherPage.getByRole('link', { name: 'Sign in to join' }).click();
  await email(otherPage).fill(stranger.email);
  await password(otherPage).fill(stranger.password);
  await otherPage.getByRole('button', { name: 'Sign in' }).click();
  await expect(title(otherPage)).toHaveText(`Join ${account.name}`);
  await otherPage.getByRole('button', { name: 'Join' }).click();
  await joined(otherPage, javaScriptEnabled);
  await expect(members(otherPage)).toHaveCount(2);
  await otherPage.goto('/me');
  const accounts = otherPage.getByRole('region', { name: 'Your accounts' }).getByRole('listitem');
  await expect(accounts).toHaveText([`${account.name} Full access`, `${stranger.name} Full access`]);
});

test('nobody but the invited address can accept an invite', { tag: '@both' }, async ({ page, otherPage, cairn, account }) => {
  const link = await invite(page, bobOf(account));
  const stranger = await cairn.createAccount();
  await signIn(otherPage, stranger);
  await otherPage.goto(link);
  await expect(otherPage.getByText(`You are signed in as ${stranger.email}, and only ${bobOf(account)} can accept this invite`)).toBeVisible();
  await expect(otherPage.getByRole('button', { name: 'Join' })).toHaveCount(0);
  const [, id = '', token = ''] = /\/invite\/(.+)\/(.+)$/.exec(link) ?? [];
  const answer = await otherPage.request.post('/api/console/invite_accept', { form: { invite: id, token } });
  expect(answer.status()).toBe(403);
  expect((await otherPage.goto(path(account)))?.status()).toBe(404);

  await otherPage.goto(link);
  await otherPage.getByRole('button', { name: 'Sign out' }).click();
  await expect(notice(otherPage, 'You are signed out')).toBeVisible();
  await otherPage.goto(link);
  await expect(otherPage.getByLabel('Your name')).toBeVisible();
});

test('a new link of an invite kills the old one', { tag: '@both' }, async ({ page, otherPage, account }) => {
  const old = await invite(page, bobOf(account));
  await page.getByRole('button', { name: `Make a new link for ${bobOf(account)}` }).click();
  await expect(notice(page, 'New link made')).toBeVisible();
  await expect(linkFor(page, bobOf(account))).not.toHaveValue(old);
  await otherPage.goto(old);
  await expect(title(otherPage)).toHaveText('This invite does not work');
  await otherPage.goto(await linkFor(page, bobOf(account)).inputValue());
  await expect(title(otherPage)).toHaveText(`Join ${account.name}`);
});

test('the link of a revoked invite is dead, also for who has opened it', { tag: '@both' }, async ({ page, otherPage, account, javaScriptEnabled }) => {
  const link = await invite(page, bobOf(account));
  await otherPage.goto(link);
  await hydrated(otherPage, javaScriptEnabled);
  await otherPage.getByLabel('Your name').fill('Bob');
  await password(otherPage).fill(PASSWORD);
  await page.getByRole('button', { name: `Revoke the invite of ${bobOf(account)}` }).click();
  await expect(notice(page, 'Invite revoked')).toBeVisible();
  await expect(invites(page)).toHaveCount(0);
  await otherPage.getByRole('button', { name: 'Join' }).click();
  await expect(otherPage.getByText(/does not exist any more|This invite does not work/)).toBeVisible();
  await otherPage.goto(link);
  await expect(title(otherPage)).toHaveText('This invite does not work');
  await reload(page, javaScriptEnabled);
  await expect(members(page)).toHaveCount(1);
});

test('an invite works once', { tag: '@both' }, async ({ page, otherPage, account, javaScriptEnabled }) => {
  const link = await invite(page, bobOf(account));
  await join(otherPage, link, 'Bob', javaScriptEnabled);
  await otherPage.goto(link);
  await expect(title(otherPage)).toHaveText('This invite does not work');
  await otherPage.context().clearCookies();
  await otherPage.goto(link);
  await expect(title(otherPage)).toHaveText('This invite does not work');
});

test('the pages of an invite are accessible to newcomers, and when the link is dead', async ({ page, otherPage, account }) => {
  test.slow();
  await otherPage.goto(await invite(page, bobOf(account)));
  await hydrated(otherPage);
  await expectAccessible(otherPage);
  await otherPage.getByRole('button', { name: 'Join' }).click();
  await expect(otherPage.getByRole('alert')).toBeVisible();
  await expectAccessible(otherPage);
  await page.getByRole('button', { name: `Revoke the invite of ${bobOf(account)}` }).click();
  await expect(notice(page, 'Invite revoked')).toBeVisible();
  await otherPage.reload();
  await expect(title(otherPage)).toHaveText('This invite does not work');
  await expectAccessible(otherPage);
});

test('the pages of an invite are accessible to who can sign in already, and to somebody else', async ({ page, otherPage, cairn, account }) => {
  test.slow();
  const stranger = await cairn.createAccount();
  const link = await invite(page, stranger.email);
  await otherPage.goto(link);
  await expect(otherPage.getByRole('link', { name: 'Sign in to join' })).toBeVisible();
  await expectAccessible(otherPage);
  await signIn(otherPage, stranger);
  await otherPage.goto(link);
  await expect(otherPage.getByRole('button', { name: 'Join' })).toBeVisible();
  await expectAccessible(otherPage);
  await page.goto(link);
  await expect(page.getByText('can accept this invite')).toBeVisible();
  await expectAccessible(page);
});
