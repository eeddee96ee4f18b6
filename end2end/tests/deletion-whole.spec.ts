import { type Page } from '@playwright/test';

import { type Account, expect, expectAccessible, hydrated, signIn, test, withoutGrace } from '../fixtures';
import { invite, join } from '../teammates';

const path = (account: Account) => `/a/${account.accountId}/settings/deletion-requests`;
const users = (page: Page) => page.getByRole('table', { name: 'Users who would be erased' }).locator('tbody').getByRole('row');

async function track(page: Page, account: Account, identity: string, session_id?: string) {
  const answer = await page.request.post('/api/track', { data: { app_id: account.appId, identity, event: 'Order', session_id } });
  expect(answer.status()).toBe(200);
}

async function upload(page: Page, account: Account, javaScriptEnabled: boolean | undefined, name: string, text: string) {
  await page.goto(`${path(account)}/new`);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('File', { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: 'Upload and count' }).click();
}

test('everything in an environment is counted, confirmed by its name and erased', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await withoutGrace(page, account);
  await track(page, account, 'bea@example.test', 'visit-1');
  await track(page, account, 'cyd@example.test', 'visit-2');
  await page.goto(`${path(account)}/new`);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Everything in an environment').check();
  await expect(page.getByLabel('Users to erase')).toBeHidden();
  await page.getByRole('combobox', { name: 'Environment' }).selectOption('Main / Production');
  await page.getByRole('button', { name: 'Show who is found' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Erase everything in Main / Production?');
  await expect(page.getByRole('row', { name: /Main \/ Production/ }).first()).toContainText(/2\s*2\s*2\s*0\s*0/);
  await expect(users(page)).toHaveCount(2);
  if (javaScriptEnabled) await expectAccessible(page);

  await page.getByLabel('Type Main / Production to confirm').fill('2');
  await page.getByRole('button', { name: 'Erase everything in Main / Production' }).click();
  await expect(page.getByLabel('Type Main / Production to confirm')).toHaveAccessibleDescription(/not the name or number/);
  await page.getByLabel('Type Main / Production to confirm').fill('Main / Production');
  await page.getByRole('button', { name: 'Erase everything in Main / Production' }).click();
  await expect(page.getByText('A final count found nothing left')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('Everything in Main / Production')).toBeVisible();
  await page.getByRole('link', { name: 'Receipt' }).click();
  await expect(page.getByText(/Everything in the environment \d+; nobody was named/)).toBeVisible();
});

test('a file names users, and its bad lines are told with their numbers', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await withoutGrace(page, account);
  await track(page, account, 'bea@example.test');
  await upload(page, account, javaScriptEnabled, 'users.csv', 'name;user_id;identity\nBea;;bea@example.test\nCyd;x;\n');
  await expect(page.getByText(/Line 3: This line has to name one user/).first()).toBeVisible();
  if (javaScriptEnabled) await expectAccessible(page);

  await upload(page, account, javaScriptEnabled, 'users.txt', 'bea@example.test\nnobody@example.test\nbea@example.test\n');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Erase 1 user?');
  await expect(page.getByText('You named 2 users. For 1 of them no environment of this account has data: nobody@example.test. 1 line named')).toBeVisible();
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download those who were not found' }).click();
  const chunks = [];
  for await (const chunk of await (await downloading).createReadStream()) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe('nobody@example.test\n');
  await page.getByLabel('Type 1 to confirm').fill('1');
  await page.getByRole('button', { name: 'Erase 1 user' }).click();
  await expect(page.getByText('A final count found nothing left')).toBeVisible({ timeout: 20_000 });
});

test('whoever is suppressed is not collected again until that is lifted', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await withoutGrace(page, account);
  await track(page, account, 'bea@example.test');
  await page.goto(`${path(account)}/new`);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Users to erase').fill('bea@example.test');
  await page.getByRole('button', { name: 'Show who is found' }).click();
  await page.getByLabel('If they come back').selectOption('Nothing is collected of them until it is lifted');
  await page.getByLabel('Type 1 to confirm').fill('2');
  await page.getByRole('button', { name: 'Erase 1 user' }).click();
  await expect(page.getByRole('alert')).toContainText('One thing to correct');
  await expect(page.getByLabel('If they come back')).toHaveValue('forever');
  await page.getByLabel('Type 1 to confirm').fill('1');
  await page.getByRole('button', { name: 'Erase 1 user' }).click();
  await expect(page.getByText('A final count found nothing left')).toBeVisible({ timeout: 20_000 });
  const again = await page.request.post('/api/track', { data: { app_id: account.appId, identity: 'bea@example.test', event: 'Order' } });
  expect([again.status(), again.headers()['x-cairn-ignored']]).toEqual([200, 'suppressed']);

  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  await page.getByRole('link', { name: 'Suppressed users' }).click();
  await page.getByLabel('Identity or user ID').fill('bea@example.test');
  await page.getByRole('button', { name: 'Look up' }).click();
  await expect(page.getByRole('heading', { name: 'bea@example.test is suppressed' })).toBeVisible();
  if (javaScriptEnabled) await expectAccessible(page);
  await page.getByRole('link', { name: /^Lift/ }).click();
  await expect(page.getByText('That cannot be undone')).toBeVisible();
  if (javaScriptEnabled) await expectAccessible(page);
  await page.getByRole('button', { name: 'Lift suppression' }).click();
  await expect(page.getByText('Nobody is suppressed')).toBeVisible();
  const back = await page.request.post('/api/track', { data: { app_id: account.appId, identity: 'bea@example.test', event: 'Order' } });
  expect(back.headers()['x-cairn-ignored']).toBeUndefined();
});

test('a second person approves what the first one asked for', { tag: '@both' }, async ({ page, otherPage, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await withoutGrace(page, account);
  await track(page, account, 'bea@example.test');
  await page.goto(`/a/${account.accountId}/settings/privacy`);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Requests to approve').selectOption('Those made in the console');
  await page.getByRole('button', { name: 'Set approval' }).click();
  await expect(page.getByLabel('Requests to approve')).toHaveAccessibleDescription(/takes a second teammate/);

  await page.goto(`/a/${account.accountId}/settings/teammates`);
  await hydrated(page, javaScriptEnabled);
  const link = await invite(page, `second-${account.email}`);
  await join(otherPage, link, 'Second', javaScriptEnabled);
  await page.goto(`/a/${account.accountId}/settings/privacy`);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Requests to approve').selectOption('Those made in the console');
  await page.getByRole('button', { name: 'Set approval' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Approval set' })).toBeVisible();

  await page.goto(`${path(account)}/new`);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Users to erase').fill('bea@example.test');
  await page.getByRole('button', { name: 'Show who is found' }).click();
  await expect(page.getByText('Nothing is erased before another teammate with full access approves')).toBeVisible();
  await page.getByLabel('Type 1 to confirm').fill('1');
  await page.getByRole('button', { name: 'Erase 1 user' }).click();
  await expect(page.getByText('Who asked cannot approve it as well')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve request' })).toHaveCount(0);
  if (javaScriptEnabled) await expectAccessible(page);

  await otherPage.goto(path(account));
  await expect(otherPage.getByText('1 request waits for a second person to approve')).toBeVisible();
  const [address] = page.url().split('?');
  await otherPage.goto(address);
  await hydrated(otherPage, javaScriptEnabled);
  await expect(otherPage.getByRole('table', { name: 'Users who would be erased' })).toContainText('bea@example.test');
  if (javaScriptEnabled) await expectAccessible(otherPage);
  await otherPage.getByRole('button', { name: 'Approve request' }).click();
  await expect(otherPage.getByText('A final count found nothing left')).toBeVisible({ timeout: 20_000 });
  await otherPage.getByRole('link', { name: 'Receipt' }).click();
  await expect(otherPage.getByText(/ by Second/)).toBeVisible();
});
