import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { sendEvent } from '../events';
import { type Account, expect, expectAccessible, hydrated, signIn, test } from '../fixtures';
import { signInReadOnly } from '../readers';

const of = (account: Account, page: string) => `/a/${account.accountId}/e/${account.environmentId}/${page}`;

test('a new environment receives every definition and report of its source and no event', { tag: '@both' }, async ({ page, cairn, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(of(account, 'definitions/new'));
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Name', { exact: true }).fill('Order placed');
  await page.getByLabel('Event name').fill('order');
  await page.getByRole('button', { name: 'Create definition' }).click();
  await page.getByRole('link', { name: 'Reports', exact: true }).click();
  await page.getByRole('link', { name: 'Create a report' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Orders');
  await page.getByRole('button', { name: 'Create report' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Orders');
  await sendEvent(cairn, account.environmentId, 'order', 'alice@example.test');

  await page.getByRole('link', { name: 'Projects & environments', exact: true }).click();
  await page.getByRole('link', { name: 'Add environment to Main' }).click();
  await page.getByLabel('Environment name').fill('Staging');
  await page.getByLabel('Time zone').selectOption('Europe/Berlin');
  await page.getByRole('button', { name: 'Create environment' }).click();

  await expect(page.getByRole('status').filter({ hasText: 'Carried over: definitions 1, reports 1.' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Staging');
  await expect(page.getByText('Europe/Berlin')).toBeVisible();
  await expect(page.getByText('No events yet')).toBeVisible();
  await page.getByRole('link', { name: 'Reports', exact: true }).click();
  await page.getByRole('link', { name: 'Orders' }).click();
  await expect(page.getByText('There is nothing in these days')).toBeVisible();
});

test('what is wrong with a new environment is told beside each field', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/settings/projects`);
  await hydrated(page, javaScriptEnabled);
  await page.getByRole('link', { name: 'Add environment to Main' }).click();
  const name = page.getByLabel('Environment name');
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
  await page.getByRole('button', { name: 'Create environment' }).click();
  await expect(name).toHaveAccessibleDescription(/Enter a name/);
  await name.fill('Production');
  await page.getByRole('button', { name: 'Create environment' }).click();
  await expect(name).toHaveAccessibleDescription(/taken/);
  await expect(name).toHaveValue('Production');
  await expect(page.getByLabel('Time zone')).toHaveValue('Asia/Tokyo');
});

test('the command on the page sends a first event, and the light turns green by itself', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(of(account, 'settings'));
  await hydrated(page, javaScriptEnabled);
  await expect(page.getByLabel('Environment id', { exact: true })).toHaveValue(account.environmentId);
  await expect(page.getByText('No events yet')).toBeVisible();
  const command = await page.locator('pre').innerText();
  const { stdout } = await promisify(execFile)('sh', ['-c', command]);
  expect(stdout).toBe('OK');
  await expect(page.getByText('Receiving events')).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole('region', { name: 'Receiving' }).getByRole('definition').first()).toHaveText('1');
});

test('an environment is renamed', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(of(account, 'settings'));
  await hydrated(page, javaScriptEnabled);
  await page.getByRole('link', { name: 'Edit environment' }).click();
  const name = page.getByLabel('Environment name');
  await name.fill(' ');
  await page.getByRole('button', { name: 'Rename environment' }).click();
  await expect(name).toHaveAccessibleDescription(/Enter a name/);
  await name.fill('Live');
  await page.getByRole('button', { name: 'Rename environment' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Environment renamed' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Live');

  await page.getByRole('link', { name: 'Edit environment' }).click();
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
  await page.getByRole('button', { name: 'Set time zone' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Time zone set' })).toBeVisible();
  await expect(page.getByText('Its days are those of Asia/Tokyo.')).toBeVisible();
});

test('who tries the command from an excluded address is told what becomes of it', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/settings/excluded-ips`);
  await hydrated(page, javaScriptEnabled);
  await page.getByRole('textbox', { name: /^Addresses excluded/ }).fill('127.0.0.1');
  await page.getByRole('button', { name: 'Save list' }).click();
  await page.getByRole('checkbox', { name: /^Save it all the same/ }).check();
  await page.getByRole('button', { name: 'Save list' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'List saved' })).toBeVisible();
  await page.goto(of(account, 'settings'));
  await expect(page.getByText('Your address is excluded by the line 127.0.0.1')).toBeVisible();
  await page.getByRole('link', { name: 'Excluded IPs of this environment' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Excluded IPs');
});

test('deleting an environment counts what goes and asks for its name', { tag: '@both' }, async ({ page, cairn, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/settings/projects`);
  await hydrated(page, javaScriptEnabled);
  await page.getByRole('link', { name: 'Add environment to Main' }).click();
  await page.getByLabel('Environment name').fill('Staging');
  await page.getByRole('button', { name: 'Create environment' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Staging');
  const id = await page.getByLabel('Environment id', { exact: true }).inputValue();
  await sendEvent(cairn, id, 'order', 'alice@example.test');
  await sendEvent(cairn, id, 'order', 'alice@example.test');

  await page.getByRole('link', { name: 'Delete environment Staging' }).click();
  const tally = page.getByRole('region', { name: 'What goes' }).getByRole('listitem');
  await expect(tally).toHaveText(['1 environment', '1 user', '2 events', '0 definitions', '0 reports']);
  const name = page.getByLabel('Name of the environment');
  await name.fill('Production');
  await page.getByRole('button', { name: 'Delete environment Staging' }).click();
  await expect(name).toHaveAccessibleDescription(/This is not the name/);
  await expect(name).toHaveValue('Production');
  await name.fill('Staging');
  await page.getByRole('button', { name: 'Delete environment Staging' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Environment deleted' })).toBeVisible();
  await expect(page.locator('main').getByRole('link', { name: 'Staging' })).toHaveCount(0);
  const answer = await page.goto(`/a/${account.accountId}/e/${id}/settings`);
  expect(answer?.status()).toBe(404);
});

test('the main environment has no delete button, and the page says why', { tag: '@both' }, async ({ page, account }) => {
  await signIn(page, account);
  await page.goto(of(account, 'settings'));
  await expect(page.getByText('so it cannot be deleted')).toBeVisible();
  await expect(page.getByRole('link', { name: /^Delete environment/ })).toHaveCount(0);
  const answer = await page.goto(of(account, 'settings/delete'));
  expect(answer?.status()).toBe(404);
});

test('a read-only teammate sees an environment and no control, and is told why', { tag: '@both' }, async ({ page, account }) => {
  await signInReadOnly(page, account);
  await page.goto(of(account, 'settings'));
  await expect(page.getByText('Your access is read-only')).toBeVisible();
  await expect(page.getByLabel('Environment id', { exact: true })).toHaveValue(account.environmentId);
  await expect(page.getByRole('link', { name: /^(Rename|Delete)/ })).toHaveCount(0);
  for (const rest of ['settings/rename', 'settings/delete']) {
    expect((await page.goto(of(account, rest)))?.status(), rest).toBe(403);
  }
});

test("another account's environment is not found", { tag: '@both' }, async ({ page, cairn, account }) => {
  const stranger = await cairn.createAccount();
  await signIn(page, stranger);
  for (const rest of ['settings', 'settings/rename', 'settings/delete', 'definitions', 'definitions/new', 'reports', 'reports/new']) {
    const answer = await page.goto(`/a/${stranger.accountId}/e/${account.environmentId}/${rest}`);
    expect(answer?.status(), rest).toBe(404);
  }
});

test('the page of an environment is accessible before and after the first event', async ({ page, cairn, account }) => {
  await signIn(page, account);
  await page.goto(of(account, 'settings'));
  await hydrated(page);
  await expectAccessible(page);
  await sendEvent(cairn, account.environmentId, 'order', 'alice@example.test');
  await page.goto(of(account, 'settings'));
  await expect(page.getByText('Receiving events')).toBeVisible();
  await expectAccessible(page);
});

test('the forms of environments are accessible', async ({ page, account }) => {
  await signIn(page, account);
  await page.goto(of(account, 'settings/rename'));
  await hydrated(page);
  await expectAccessible(page);
  await page.goto(`/a/${account.accountId}/settings/projects`);
  await hydrated(page);
  await page.getByRole('link', { name: 'Add environment to Main' }).click();
  await page.getByRole('button', { name: 'Create environment' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
});
