import { type APIRequestContext, type Page } from '@playwright/test';

import { type Account, expect, expectAccessible, hydrated, signIn, test, withoutGrace } from '../fixtures';

const path = (account: Account) => `/a/${account.accountId}/settings/deletion-requests`;
const show = (page: Page) => page.getByRole('button', { name: 'Show who is found' });
const users = (page: Page) => page.getByRole('table', { name: 'Users who would be erased' }).locator('tbody').getByRole('row');

test.beforeEach(async ({ page, account }) => {
  await signIn(page, account);
  await withoutGrace(page, account);
});

/** Users who have a property. */
async function know(request: APIRequestContext, account: Account, identities: string[], properties: Record<string, unknown>) {
  const data = { app_id: account.appId, users: identities.map((identity) => ({ identity, properties })) };
  const answer = await request.post('/api/add_user_properties', { data });
  expect(answer.status(), await answer.text()).toBe(200);
}

async function ask(page: Page, account: Account, javaScriptEnabled: boolean | undefined, name: string, value: string) {
  await page.goto(`${path(account)}/new`);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('User property').check();
  await page.getByLabel('Property name').fill(name);
  await page.getByRole('textbox', { name: 'Value' }).fill(value);
  await show(page).click();
}

test('everybody with a property is shown page by page, confirmed and erased', { tag: '@both' }, async ({ page, request, account, javaScriptEnabled }) => {
  const identities = Array.from({ length: 60 }, (_, place) => `user${String(place).padStart(2, '0')}@example.test`);
  await know(request, account, identities, { team: 'red' });
  await know(request, account, ['stays@example.test'], { team: 'Red' });
  const seen = { app_id: account.appId, identity: 'user00@example.test', event: 'Seen' };
  expect((await request.post('/api/track', { data: seen })).status()).toBe(200);

  await ask(page, account, javaScriptEnabled, 'team', 'red');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Erase 60 users?');
  await expect(page.getByText('Found by: team is red. That is 60 users')).toBeVisible();
  await expect(page.getByRole('region', { name: 'What goes' })).toBeFocused();
  await expect(users(page)).toHaveCount(50);
  await expect(users(page).first()).toContainText(/user00@example\.test\s*Main \/ Production\s*just now/);
  await expect(users(page).nth(1)).toContainText('No event');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('51–60 of 60')).toBeVisible();
  await expect(users(page)).toHaveCount(10);
  await expect(page.getByRole('region', { name: 'Who goes' })).toBeFocused();
  expect(page.url()).not.toContain('red');
  await page.getByRole('button', { name: 'Previous' }).click();
  await expect(users(page)).toHaveCount(50);

  await page.getByLabel('Type 60 to confirm').fill('60');
  await page.getByRole('button', { name: 'Erase 60 users' }).click();
  await expect(page.getByText('A final count found nothing left')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('60 of 60')).toBeVisible();
  await expect(page.getByText('Property team')).toBeVisible();

  await ask(page, account, javaScriptEnabled, 'team', 'red');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nobody was found');
  await page.getByRole('button', { name: 'Change whom' }).click();
  await expect(page.getByLabel('User property')).toBeChecked();
  await expect(page.getByLabel('Property name')).toHaveValue('team');
  await expect(page.getByRole('textbox', { name: 'Value' })).toHaveValue('red');
});

test('who has joined since the page was shown is shown before anybody is erased', { tag: '@both' }, async ({ page, request, account, javaScriptEnabled }) => {
  await know(request, account, ['alice@example.test'], { level: 7 });
  await page.goto(`${path(account)}/new`);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('User property').check();
  await page.getByLabel('Property name').fill('level');
  await page.getByLabel('Comparison').selectOption('is the number');
  await page.getByRole('textbox', { name: 'Value' }).fill('7.0');
  await show(page).click();
  await expect(users(page)).toHaveCount(1);

  await know(request, account, ['bob@example.test'], { level: 7 });
  await page.getByLabel('Type 1 to confirm').fill('1');
  await page.getByRole('button', { name: 'Erase 1 user' }).click();
  await expect(page.getByLabel('Type 2 to confirm')).toHaveAccessibleDescription(/Who is found has changed/);
  await expect(page.getByLabel('Type 2 to confirm')).toHaveValue('1');
  await expect(users(page)).toHaveCount(2);
  await page.getByLabel('Type 2 to confirm').fill('2');
  await page.getByRole('button', { name: 'Erase 2 users' }).click();
  await expect(page.getByText('Deletion requested')).toBeVisible();
});

test('a property without name or value is refused, and what was typed stays', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await ask(page, account, javaScriptEnabled, '', '');
  await expect(page.getByLabel('Property name')).toHaveAccessibleDescription(/Enter the name of a property/);
  await page.getByLabel('Property name').fill('team');
  await show(page).click();
  await expect(page.getByRole('textbox', { name: 'Value' })).toHaveAccessibleDescription(/Enter a value to compare with/);
  await expect(page.getByLabel('Property name')).toHaveValue('team');
});

test('only the fields of what is chosen are there', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto(`${path(account)}/new`);
  await hydrated(page, javaScriptEnabled);
  const named = page.getByRole('textbox', { name: 'Users to erase' });
  await expect(named).toBeVisible();
  await expect(page.getByLabel('Property name')).toBeHidden();
  await page.getByLabel('User property').check();
  await expect(named).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Value' })).toBeVisible();
  await page.getByLabel('Comparison').selectOption('is true');
  await expect(page.getByRole('textbox', { name: 'Value' })).toBeHidden();
});

test('what quotes a user is told before the user is erased, and leads to where it is edited', { tag: '@both' }, async ({ page, request, account, javaScriptEnabled }) => {
  await know(request, account, ['alice@example.test'], { team: 'red' });
  await page.goto(`/a/${account.accountId}/e/${account.appId}/definitions/segments/new`);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Name', { exact: true }).fill('Only Alice');
  await page.getByLabel('Property name').fill('email');
  await page.getByRole('textbox', { name: 'Value' }).fill('Alice@example.test');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('link', { name: 'Only Alice' })).toBeVisible();

  await ask(page, account, javaScriptEnabled, 'team', 'red');
  const quotes = page.getByRole('region', { name: 'What quotes them and stays' });
  await expect(quotes.getByRole('row', { name: /Only Alice/ })).toContainText(/Segment\s*Main \/ Production\s*alice@example\.test/);
  await quotes.getByRole('link', { name: 'Only Alice' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Edit Only Alice');
});

test('asking by a property and its preview are accessible', async ({ page, request, account }) => {
  test.slow();
  const identities = Array.from({ length: 51 }, (_, place) => `user${place}@example.test`);
  await know(request, account, identities, { team: 'red' });
  await ask(page, account, true, '', '');
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Property name').fill('team');
  await page.getByRole('textbox', { name: 'Value' }).fill('red');
  await show(page).click();
  await expect(users(page)).toHaveCount(50);
  await expectAccessible(page);
  await page.setViewportSize({ width: 380, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), 'as wide as the screen').toBe(380);
});
