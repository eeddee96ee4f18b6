import { type APIRequestContext, type Page } from '@playwright/test';

import { type Account, expect, expectAccessible, hydrated, signIn, test, withoutGrace } from '../fixtures';
import { signInReadOnly } from '../readers';

const path = (account: Account) => `/a/${account.accountId}/settings/deletion-requests`;
const users = (page: Page) => page.getByRole('textbox', { name: 'Users to erase' });
const count = (page: Page) => page.getByRole('button', { name: 'Show who is found' });

test.beforeEach(async ({ page, account }) => {
  await signIn(page, account);
  await withoutGrace(page, account);
});

/** Two events of each. */
async function track(request: APIRequestContext, account: Account, ...identities: string[]) {
  const events = identities.flatMap((identity) => ['Seen', 'Bought'].map((event) => ({ identity, event })));
  const answer = await request.post('/api/track', { data: { app_id: account.appId, events } });
  expect(answer.status()).toBe(200);
}

test('users are counted, confirmed by number, erased, and proven gone', { tag: '@both' }, async ({ page, request, account, javaScriptEnabled }) => {
  await track(request, account, 'alice@example.test', 'bob@example.test', 'carol@example.test');
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  await expect(page.getByText('No deletion requests')).toBeVisible();
  await page.getByRole('link', { name: 'Request deletion' }).click();
  await users(page).fill('alice@example.test\nbob@example.test\nnobody@example.test\n');
  await count(page).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Erase 2 users?');
  await expect(page.getByText('For 1 of them no environment of this account has data')).toBeVisible();
  const goes = page.getByRole('region', { name: 'What goes' });
  await expect(goes).toBeFocused();
  await expect(goes.getByRole('row', { name: /Main \/ Production/ })).toContainText(/2\s*4/);

  await page.getByLabel('Type 2 to confirm').fill('3');
  await page.getByRole('button', { name: 'Erase 2 users' }).click();
  await expect(page.getByLabel('Type 2 to confirm')).toHaveAccessibleDescription(/This is not the name or number/);
  expect(page.url()).not.toContain('example.test');

  await page.getByLabel('Type 2 to confirm').fill('2');
  await page.getByRole('button', { name: 'Erase 2 users' }).click();
  await expect(page.getByText('Deletion requested')).toBeVisible();
  await expect(page.getByText('A final count found nothing left')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('2 of 2')).toBeVisible();
  expect(await page.content()).not.toContain('alice@example.test');

  await page.getByRole('link', { name: 'All requests' }).click();
  const row = page.getByRole('table', { name: 'Deletion requests' }).locator('tbody').getByRole('row');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('Complete');

  await page.getByRole('link', { name: 'Request deletion' }).click();
  await users(page).fill('alice@example.test\nbob@example.test');
  await count(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nobody was found');
});

test('a list that was counted can be changed, and is still there', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto(`${path(account)}/new`);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('User ID').check();
  await users(page).fill('7\n8\n');
  await count(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nobody was found');
  await page.getByRole('button', { name: 'Change whom' }).click();
  await expect(users(page)).toHaveValue(/^7\r?\n8\r?\n$/);
  await expect(page.getByLabel('User ID')).toBeChecked();
});

test('what names no user is refused with its line', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto(`${path(account)}/new`);
  await hydrated(page, javaScriptEnabled);
  await count(page).click();
  await expect(users(page)).toHaveAccessibleDescription(/Enter an identity or a user id/);
  await page.getByLabel('User ID').check();
  await users(page).fill('7\nalice@example.test\n');
  await count(page).click();
  await expect(users(page)).toHaveAccessibleDescription(/Line 2: /);
  await expect(users(page)).toHaveValue('7\nalice@example.test\n');
  await expect(page.getByLabel('User ID')).toBeChecked();
});

/** Has a script order the erasure of these users; the id of its request. */
async function order(request: APIRequestContext, account: Account, ...identities: string[]): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${account.appId}:${account.apiKey}`).toString('base64')}`;
  const { access_token } = await (await request.post('/api/public/v0/auth_token', { headers: { authorization } })).json();
  const data = { users: identities.map((identity) => ({ identity })) };
  const made = await request.post('/api/public/v0/user_deletion', { headers: { authorization: `Bearer ${access_token}` }, data });
  return (await made.json()).deletion_request_id;
}

/** More than is erased before a page about it is there. */
async function orderMany(request: APIRequestContext, account: Account): Promise<string> {
  const crowd = Array.from({ length: 8_000 }, (_, number) => `user-${number}@example.test`);
  for (let from = 0; from < crowd.length; from += 125) {
    const few = crowd.slice(from, from + 125);
    await track(request, account, ...few, ...few, ...few, ...few);
  }
  return order(request, account, ...crowd);
}

test.describe('without time', () => {
  test.use({ ownContext: true });

  test('the page of a request is told when it got on, and asks at no other time', async ({ page, request, account }) => {
    test.slow();
    const id = await orderMany(request, account);
    // No timer of the page runs, so it cannot ask by itself.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    const streams: string[] = [];
    page.on('request', (sent) => {
      if (sent.resourceType() === 'eventsource') streams.push(new URL(sent.url()).pathname);
    });
    await page.goto(`${path(account)}/${id}`);
    await expect(page.getByText('A final count found nothing left')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('8,000 of 8,000')).toBeVisible();
    expect(streams).toEqual([`${path(account)}/${id}/progress`]);
  });
});

test('where events do not come through, the page of a request asks by itself', async ({ page, request, account }) => {
  test.slow();
  const id = await orderMany(request, account);
  let refused = 0;
  await page.route('**/progress', (route) => {
    refused += 1;
    return route.fulfill({ status: 403 });
  });
  await page.goto(`${path(account)}/${id}`);
  await expect(page.getByText('A final count found nothing left')).toBeVisible({ timeout: 60_000 });
  expect(refused).toBe(1);
});

test("another account's request is not found", { tag: '@both' }, async ({ page, request, cairn, account }) => {
  await track(request, account, 'alice@example.test');
  const id = await order(request, account, 'alice@example.test');
  expect((await page.goto(`${path(account)}/${id}`))?.status()).toBe(200);
  await expect(page.getByText('by API key')).toBeVisible();

  const stranger = await cairn.createAccount();
  await page.context().clearCookies();
  await signIn(page, stranger);
  for (const address of [path(account), path(stranger)]) {
    expect((await page.goto(`${address}/${id}`))?.status()).toBe(404);
  }
});

test('a read-only teammate sees the requests, no control, and why', { tag: '@both' }, async ({ page, account }) => {
  await signInReadOnly(page, account);
  await page.goto(path(account));
  await expect(page.getByText('Your access is read-only')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Request deletion' })).toHaveCount(0);
  expect((await page.goto(`${path(account)}/new`))?.status()).toBe(403);
});

test('the list and the form of deletion requests are accessible', async ({ page, account }) => {
  test.slow();
  await page.goto(path(account));
  await hydrated(page);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Request deletion' }).click();
  await count(page).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
});

test('counting, confirming and a finished request are accessible', async ({ page, request, account }) => {
  test.slow();
  await track(request, account, 'alice@example.test');
  await page.goto(`${path(account)}/new`);
  await hydrated(page);
  await users(page).fill('alice@example.test');
  await count(page).click();
  await expect(page.getByRole('region', { name: 'What goes' })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Type 1 to confirm').fill('1');
  await page.getByRole('button', { name: 'Erase 1 user' }).click();
  await expect(page.getByText('A final count found nothing left')).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page);
  await page.getByRole('link', { name: 'All requests' }).click();
  await expect(page.getByRole('table', { name: 'Deletion requests' })).toBeVisible();
  await expectAccessible(page);
});
