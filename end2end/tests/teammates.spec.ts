import type { Page } from '@playwright/test';

import { type Account, expect, expectAccessible, hydrated, signIn, test } from '../fixtures';
import { signInReadOnly } from '../readers';

const PASSWORD = 'a password of many words';

const path = (account: Account) => `/a/${account.accountId}/settings/teammates`;
/** Somebody new in every test: those of a worker share an installation, and so its people. */
const bobOf = (account: Account) => `bob-of-${account.email}`;
/** The name of the first admin. */
const adminOf = (account: Account) => account.email.replace(/@.*/, '');

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const notice = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });
const email = (page: Page) => page.getByLabel('E-mail address');
const password = (page: Page) => page.getByLabel('Password', { exact: true });
const send = (page: Page) => page.getByRole('button', { name: 'Invite', exact: true });
const members = (page: Page) => page.getByRole('table', { name: 'Teammates' }).locator('tbody').getByRole('row');
const member = (page: Page, name: string) => members(page).filter({ has: page.getByText(name, { exact: true }) });
const invites = (page: Page) => page.getByRole('region', { name: 'Pending invites' }).getByRole('listitem');
const linkFor = (page: Page, address: string) => page.getByRole('textbox', { name: `Invite link for ${address}` });
const readOnly = (page: Page, name: string, pressed: boolean) => page.getByRole('button', { name: `Read-only for ${name}`, pressed });

/** Invites with full access, and answers the link. */
async function invite(page: Page, address: string): Promise<string> {
  await email(page).fill(address);
  await send(page).click();
  return linkFor(page, address).inputValue();
}

/** Accepts an invite as somebody who was not there before. */
async function join(page: Page, link: string, name: string, javaScriptEnabled = true): Promise<void> {
  await page.goto(link);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Your name').fill(name);
  await password(page).fill(PASSWORD);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(notice(page, 'You joined the account')).toBeVisible();
}

async function reload(page: Page, javaScriptEnabled = true): Promise<void> {
  await page.reload();
  await hydrated(page, javaScriptEnabled);
}

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

test('a teammate with full access has the rights of the first admin', { tag: '@both' }, async ({ page, otherPage, account, javaScriptEnabled }) => {
  await join(otherPage, await invite(page, bobOf(account)), 'Bob', javaScriptEnabled);
  await invite(otherPage, `carol-of-${account.email}`);
  await readOnly(otherPage, adminOf(account), false).click();
  await expect(notice(otherPage, 'Access changed')).toBeVisible();
  await reload(page, javaScriptEnabled);
  await expect(page.getByText('Your access is read-only')).toBeVisible();
  await expect(send(page)).toHaveCount(0);
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
  await expect(notice(otherPage, 'You joined the account')).toBeVisible();
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
