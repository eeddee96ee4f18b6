import type { Page } from '@playwright/test';

import { expect, hydrated, test } from '../fixtures';

// The whole journey is on an installation in which nothing exists yet.
test.use({ baseURL: async ({ emptyCairn }, use) => use(emptyCairn.url) });

const IDENTITY = 'alice@example.com';

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const notice = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });
const menu = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();

/** The JSON in the command that the page of an environment shows. */
async function shownEvent(page: Page, address: string): Promise<{ app_id: string; identity: string; event: string }> {
  const command = await page.getByRole('region', { name: 'Command that sends a first event' }).innerText();
  expect(command).toContain(`curl ${address}`);
  return JSON.parse(/-d '(.*)'/s.exec(command)?.[1] ?? '');
}

test('a newcomer does the main job: from an empty installation to an erased user', { tag: '@both' }, async ({ page, otherPage, request, emptyCairn, javaScriptEnabled }) => {
  test.slow();

  await page.goto('/');
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Account name').fill('Acme');
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('E-mail address').fill('ada@example.test');
  await page.getByLabel('Password', { exact: true }).fill('a password of many words');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(notice(page, 'Your account is ready')).toBeVisible();

  await menu(page, 'Teammates');
  await page.getByLabel('E-mail address').fill('bob@example.test');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await otherPage.goto(await page.getByRole('textbox', { name: 'Invite link for bob@example.test' }).inputValue());
  await hydrated(otherPage, javaScriptEnabled);
  await otherPage.getByLabel('Your name').fill('Bob');
  await otherPage.getByLabel('Password', { exact: true }).fill('another password of many words');
  await otherPage.getByRole('button', { name: 'Join' }).click();
  await expect(notice(otherPage, 'You joined the account')).toBeVisible();

  await menu(page, 'Projects & environments');
  await page.getByLabel('Project name').fill('Shop');
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(notice(page, 'Project created')).toBeVisible();
  await page.getByRole('link', { name: 'Add environment to Shop' }).click();
  await page.getByLabel('Environment name').fill('Staging');
  await page.getByRole('button', { name: 'Create environment' }).click();
  await expect(notice(page, 'Environment created')).toBeVisible();

  await menu(page, 'Excluded IPs');
  await page.getByRole('textbox', { name: /^Addresses excluded/ }).fill('203.0.113.7 # Office');
  await page.getByRole('button', { name: 'Save list' }).click();
  await expect(notice(page, 'List saved')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Excluded addresses' }).getByRole('row', { name: /203\.0\.113\.7/ })).toBeVisible();

  await menu(page, 'Projects & environments');
  await page.getByRole('region', { name: 'Shop' }).getByRole('link', { name: 'Staging' }).click();
  await expect(title(page)).toHaveText('Staging');
  await expect(page.getByText('No events yet')).toBeVisible();
  const event = await shownEvent(page, `${emptyCairn.url}/api/track`);
  expect(event.identity).toBe(IDENTITY);
  expect(event.app_id).toBe(await page.getByLabel('Environment id', { exact: true }).inputValue());
  expect(await (await request.post('/api/track', { data: event })).text()).toBe('OK');
  await expect(page.getByText('Receiving events')).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole('region', { name: 'Receiving' }).getByRole('definition').first()).toHaveText('1');

  await menu(page, 'Definitions');
  await page.getByRole('link', { name: 'Create a definition' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Very first');
  await page.getByLabel('Event name').fill(event.event);
  await page.getByRole('button', { name: 'Create definition' }).click();
  await expect(notice(page, 'Definition created')).toBeVisible();
  await menu(page, 'Reports');
  await page.getByRole('link', { name: 'Create a report' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Firsts');
  await page.getByRole('button', { name: 'Create report' }).click();
  await expect(notice(page, 'Report created')).toBeVisible();
  await expect(page.getByRole('img', { name: /^Firsts, from .*: the most was 1 event on/ })).toBeVisible();
  const report = new URL(page.url()).pathname;

  await menu(page, 'Privacy & security');
  await page.getByLabel('Before erasing').selectOption({ label: 'None: erasing starts at once' });
  await page.getByRole('button', { name: 'Set grace period' }).click();
  await expect(notice(page, 'Grace period set')).toBeVisible();
  await menu(page, 'Deletion requests');
  await page.getByRole('link', { name: 'Request deletion' }).click();
  await page.getByRole('textbox', { name: 'Users to erase' }).fill(IDENTITY);
  await page.getByRole('button', { name: 'Show who is found' }).click();
  await expect(title(page)).toHaveText('Erase 1 user?');
  await expect(page.getByRole('region', { name: 'What goes' }).getByRole('row', { name: /Shop \/ Staging/ })).toContainText(/1\s*1/);
  await page.getByLabel('Type 1 to confirm').fill('1');
  await page.getByRole('button', { name: 'Erase 1 user' }).click();
  await expect(page.getByText('A final count found nothing left')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('1 of 1')).toBeVisible();

  await otherPage.goto(report);
  await expect(title(otherPage)).toHaveText('Firsts');
  await expect(otherPage.getByText('There is nothing in these days')).toBeVisible();
  await expect(otherPage.getByRole('definition').first()).toHaveText('0');
});
