import type { Page } from '@playwright/test';

import { sendEvent } from '../events';
import { type Account, expect, expectAccessible, hydrated, signIn, test } from '../fixtures';
import { signInReadOnly } from '../readers';

const path = (account: Account) => `/a/${account.accountId}/settings/audit-log`;
/** What every log begins with: the account was made on the command line, which prints its key. */
const beginning = (account: Account) => `Created the account ${account.name}, with an API key`;
const rows = (page: Page) => page.getByRole('table', { name: 'Changes' }).locator('tbody').getByRole('row');
const changes = (page: Page) => rows(page).getByRole('rowheader');
const older = (page: Page) => page.getByRole('link', { name: 'Next', exact: true });

/** As the page's form does. */
async function inviteGuest(page: Page, account: Account, guest: string): Promise<void> {
  const form = { account: account.accountId, email: `${guest}-of-${account.email}`, access: 'read_only' };
  const answer = await page.request.post('/api/console/invite', { form });
  expect(answer.status(), await answer.text()).toBe(200);
}

test.beforeEach(async ({ page, account }) => signIn(page, account));

test('changes are listed with who, what and when, newest first', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  const guest = `guest-of-${account.email}`;
  await page.goto(`/a/${account.accountId}/settings/teammates`);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('E-mail address').fill(guest);
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.getByRole('button', { name: `Make a new link for ${guest}` }).click();
  await expect(page.getByRole('status').filter({ hasText: 'New link made' })).toBeVisible();
  await page.getByRole('button', { name: `Revoke the invite of ${guest}` }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Invite revoked' })).toBeVisible();
  await page.getByRole('link', { name: 'Projects & environments', exact: true }).click();
  await page.getByLabel('Project name').fill('Shop');
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('region', { name: 'Shop' })).toBeVisible();

  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(changes(page)).toHaveText([
    'Created the project Shop',
    `Revoked the invite of ${guest}`,
    `Made a new invite link for ${guest}`,
    `Invited ${guest} with full access`,
    beginning(account),
  ]);
  const admin = account.email.replace(/@.*/, '');
  await expect(rows(page).getByRole('cell').filter({ hasNot: page.locator('time') })).toHaveText([admin, admin, admin, admin, 'Command line']);
  await expect(rows(page).locator('time')).toHaveCount(5);
  await expect(rows(page).first().locator('time')).toHaveAttribute('title', /^\d+ \w+ \d{4}, [\d:]{8} UTC$/);
  await expect(older(page)).toHaveCount(0);
});

test('a refused change is not in the log', { tag: '@both' }, async ({ page, account }) => {
  const form = { account: account.accountId, name: 'Main' };
  expect((await page.request.post('/api/console/project_create', { form })).status()).toBe(422);
  await page.goto(path(account));
  await expect(changes(page)).toHaveText([beginning(account)]);
});

test('older changes are on further pages', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  for (let guest = 1; guest <= 51; guest += 1) await inviteGuest(page, account, `guest-${guest}`);
  const invited = (guest: number) => `Invited guest-${guest}-of-${account.email} with read-only access`;
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  await expect(rows(page)).toHaveCount(50);
  await expect(changes(page).first()).toHaveText(invited(51));
  await expect(changes(page).last()).toHaveText(invited(2));
  await older(page).click();
  await expect(changes(page)).toHaveText([invited(1), beginning(account)]);
  await expect(older(page)).toHaveCount(0);
  await page.goBack();
  await expect(changes(page).first()).toHaveText(invited(51));
});

test('a deletion of users is in the log, and they are not', { tag: '@both' }, async ({ page, request, cairn, account }) => {
  for (const event of ['Seen', 'Bought']) await sendEvent(cairn, account.environmentId, event, 'alice@example.test');
  const authorization = `Basic ${Buffer.from(`${account.appId}:${account.apiKey}`).toString('base64')}`;
  const { access_token } = await (await request.post('/api/public/v0/auth_token', { headers: { authorization } })).json();
  const data = { users: [{ identity: 'alice@example.test' }] };
  const made = await request.post('/api/public/v0/user_deletion', { headers: { authorization: `Bearer ${access_token}` }, data });
  expect(made.status()).toBe(201);

  await page.goto(path(account));
  const newest = async () => {
    await page.reload();
    return changes(page).first().innerText();
  };
  await expect.poll(newest, { timeout: 20_000 }).toBe('Erased 1 user with 2 events');
  await expect(rows(page).nth(0)).toContainText('Cairn');
  await expect(changes(page).nth(1)).toHaveText('Requested the deletion of 1 user, named by 1 identity or user id');
  await expect(rows(page).nth(1)).toContainText('API key');
  expect(await page.content()).not.toContain('alice');
});

test('a read-only teammate reads the log', { tag: '@both' }, async ({ page, account }) => {
  await signInReadOnly(page, account);
  expect((await page.goto(path(account)))?.status()).toBe(200);
  await expect(changes(page).first()).toHaveText(`Joined as reader-of-${account.email} with read-only access`);
  await expect(rows(page).first().getByRole('cell').first()).toHaveText('Reader');
  await expect(page.locator('main').getByRole('button')).toHaveCount(0);
});

test("another account's log is not found", { tag: '@both' }, async ({ page, cairn, account }) => {
  const stranger = await cairn.createAccount();
  expect((await page.goto(path(stranger)))?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not found');
  expect((await page.goto(path(account)))?.status()).toBe(200);
});

test('the log is accessible', async ({ page, account }) => {
  for (let guest = 1; guest <= 50; guest += 1) await inviteGuest(page, account, `guest-${guest}`);
  await page.goto(path(account));
  await hydrated(page);
  await expect(older(page)).toBeVisible();
  await expectAccessible(page);
});
