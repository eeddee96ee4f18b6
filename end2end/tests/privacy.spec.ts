import { type Account, expect, expectAccessible, hydrated, signIn, test } from '../fixtures';
import { signInReadOnly } from '../readers';

const path = (account: Account) => `/a/${account.accountId}/settings/privacy`;

test.beforeEach(async ({ page, account }) => signIn(page, account));

test('an API key is shown once, works, and is revoked', { tag: '@both' }, async ({ page, request, account, javaScriptEnabled }) => {
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  const keys = page.getByRole('table', { name: 'API keys' }).locator('tbody').getByRole('row');
  await expect(keys).toHaveCount(1);

  await page.getByLabel('Name of the key').fill('Nightly deletion');
  await page.getByRole('button', { name: 'Create API key' }).click();
  const made = page.getByRole('region', { name: 'Your new API key' });
  await expect(made).toBeFocused();
  await expect(made).toContainText('you will not see it again');
  await expect(keys).toHaveCount(2);
  const key = await made.getByRole('textbox', { name: 'API key' }).inputValue();

  const appId = await page.getByRole('textbox', { name: 'App ID' }).inputValue();
  expect(appId).toBe(account.appId);
  const authorization = `Basic ${Buffer.from(`${appId}:${key}`).toString('base64')}`;
  const token = () => request.post('/api/public/v0/auth_token', { headers: { authorization } });
  expect((await token()).status()).toBe(200);

  await page.goto(path(account));
  await expect(page.getByRole('region', { name: 'Your new API key' })).toHaveCount(0);
  expect(await page.content()).not.toContain(key);

  await page.getByRole('link', { name: 'Revoke Nightly deletion' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Revoke the API key Nightly deletion?');
  await page.getByRole('button', { name: 'Revoke API key' }).click();
  await expect(page.getByText('API key revoked')).toBeVisible();
  await expect(keys).toHaveCount(1);
  expect((await token()).status()).toBe(401);
});

test('the commands for scripts carry the app ID and the address of this server', { tag: '@both' }, async ({ page, cairn, account }) => {
  await page.goto(path(account));
  await page.getByText('Commands for a script').click();
  await expect(page.getByRole('region', { name: 'Command for a token' })).toContainText(`${cairn.url}/api/public/v0/auth_token`);
  await expect(page.getByRole('region', { name: 'Command for a token' })).toContainText(`"${account.appId}:$API_KEY"`);
  await expect(page.getByRole('region', { name: 'Command for a deletion' })).toContainText('/api/public/v0/user_deletion');
});

test('a key that is gone cannot be revoked', { tag: '@both' }, async ({ page, account }) => {
  const answer = await page.goto(`${path(account)}/api-keys/00000000-0000-7000-8000-000000000000/revoke`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not found');
});

test('a read-only teammate sees that there are keys, no control, and why', { tag: '@both' }, async ({ page, account }) => {
  await signInReadOnly(page, account);
  await page.goto(path(account));
  await expect(page.getByText('Your access is read-only')).toBeVisible();
  await expect(page.getByRole('table', { name: 'API keys' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Create API key' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: /^Revoke/ })).toHaveCount(0);
});

test('every page of privacy is accessible', async ({ page, account }) => {
  test.slow();
  await page.goto(path(account));
  await hydrated(page);
  await page.getByText('Commands for a script').click();
  await expectAccessible(page);
  await page.getByLabel('Name of the key').fill('Nightly deletion');
  await page.getByRole('button', { name: 'Create API key' }).click();
  await expect(page.getByRole('region', { name: 'Your new API key' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Revoke Nightly deletion' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Revoke the API key Nightly deletion?');
  await expectAccessible(page);
});
