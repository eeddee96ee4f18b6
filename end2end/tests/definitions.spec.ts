import type { Page } from '@playwright/test';

import { type Account, expect, expectAccessible, hydrated, signIn, test } from '../fixtures';
import { signInReadOnly } from '../readers';

const definitions = (account: Account) => `/a/${account.accountId}/e/${account.environmentId}/definitions`;

async function create(page: Page, name: string, eventName: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Event name').fill(eventName);
  await page.getByRole('button', { name: 'Create definition' }).click();
}

test('an admin creates, edits, archives and restores a definition', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(definitions(account));
  await hydrated(page, javaScriptEnabled);
  await expect(page.getByText('No definitions yet')).toBeVisible();
  await page.getByRole('link', { name: 'Create a definition' }).click();
  await create(page, 'Order placed', 'order');
  await expect(page.getByRole('status').filter({ hasText: 'Definition created' })).toBeVisible();

  await page.getByRole('link', { name: 'Order placed' }).click();
  await expect(page.getByLabel('Event name')).toHaveValue('order');
  await page.getByLabel('Event name').fill('order_placed');
  await page.getByRole('button', { name: 'Save definition' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Definition saved' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Order placed/ })).toContainText('order_placed');

  await page.getByRole('button', { name: 'Archive Order placed' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Definition archived' })).toBeVisible();
  await page.getByRole('region', { name: 'Archived' }).getByRole('button', { name: 'Restore Order placed' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Definition restored' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Archived' })).toHaveCount(0);
});

test('everything wrong with a definition is told at once, and nothing typed is lost', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(`${definitions(account)}/new`);
  await hydrated(page, javaScriptEnabled);
  await create(page, '', 'x'.repeat(1025));
  await expect(page.getByLabel('Name', { exact: true })).toHaveAccessibleDescription(/Enter a name/);
  await expect(page.getByLabel('Event name')).toHaveAccessibleDescription(/at most 1024 characters/);
  await expect(page.getByLabel('Event name')).toHaveValue('x'.repeat(1025));
});

test('a save over what somebody else changed shows both and keeps what was typed', { tag: '@both' }, async ({ page, context, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(`${definitions(account)}/new`);
  await hydrated(page, javaScriptEnabled);
  await create(page, 'Order placed', 'order');
  await page.getByRole('link', { name: 'Order placed' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Mine');

  const other = await context.newPage();
  await other.goto(page.url());
  await hydrated(other, javaScriptEnabled);
  await other.getByLabel('Name', { exact: true }).fill('Theirs');
  await other.getByRole('button', { name: 'Save definition' }).click();
  await expect(other.getByRole('status').filter({ hasText: 'Definition saved' })).toBeVisible();

  await page.getByRole('button', { name: 'Save definition' }).click();
  await expect(page.getByRole('alert')).toContainText('Somebody else saved a change');
  await expect(page.getByText('Saved now: Theirs')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Mine');

  await page.getByRole('button', { name: 'Save definition' }).click();
  await expect(page.getByRole('link', { name: 'Mine' })).toBeVisible();
});

test('who goes on before a form is answered stays where they went', async ({ page, account }) => {
  await signIn(page, account);
  await page.goto(`${definitions(account)}/new`);
  await hydrated(page);
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    page.route('**/api/console/definition_create', async (route) => {
      const response = await route.fetch();
      await new Promise<void>((gone) => {
        answer = gone;
        resolve();
      });
      await route.fulfill({ response });
    });
  });
  await create(page, 'Order placed', 'order');
  await asked;
  await page.getByRole('link', { name: 'Reports', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reports');
  // What is shown there is loaded anew, since something changed.
  const loaded = page.waitForResponse('**/api/console/load_reports');
  answer();
  await loaded;
  await page.getByRole('link', { name: 'Create a report' }).click();
  await expect(page.getByLabel('Event definition')).toContainText('Order placed');
});

test('a read-only teammate sees definitions and no control, and is told why', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(`${definitions(account)}/new`);
  await hydrated(page, javaScriptEnabled);
  await create(page, 'Order placed', 'order');
  await expect(page.getByRole('row', { name: /Order placed/ })).toBeVisible();
  await page.context().clearCookies();
  await signInReadOnly(page, account);
  await page.goto(definitions(account));
  await expect(page.getByText('Your access is read-only')).toBeVisible();
  await expect(page.getByRole('row', { name: /Order placed/ })).toBeVisible();
  await expect(page.locator('main').getByRole('button')).toHaveCount(0);
  await expect(page.locator('main').getByRole('table').getByRole('link')).toHaveCount(0);
  expect((await page.goto(`${definitions(account)}/new`))?.status()).toBe(403);
});

test('the forms of definitions are accessible', async ({ page, account }) => {
  await signIn(page, account);
  await page.goto(`${definitions(account)}/new`);
  await hydrated(page);
  await create(page, '', '');
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await create(page, 'Order placed', 'order');
  await page.getByRole('link', { name: 'Order placed' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Edit Order placed');
  await expectAccessible(page);
});

test('the list of definitions is accessible, empty and full', async ({ page, account }) => {
  await signIn(page, account);
  await page.goto(definitions(account));
  await hydrated(page);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'New definition' }).click();
  await create(page, 'Order placed', 'order');
  await page.getByRole('button', { name: 'Archive Order placed' }).click();
  await expect(page.getByRole('region', { name: 'Archived' })).toBeVisible();
  await expectAccessible(page);
});
