import type { Page } from '@playwright/test';

import { sendEvent, sendUserProperties } from '../events';
import { type Account, expect, expectAccessible, hydrated, signIn, test } from '../fixtures';
import { signInReadOnly } from '../readers';

const of = (account: Account, page: string) => `/a/${account.accountId}/e/${account.environmentId}/${page}`;
const notice = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });

async function open(page: Page, account: Account, address: string, javaScriptEnabled = true): Promise<void> {
  await page.goto(of(account, address));
  await hydrated(page, javaScriptEnabled);
}

async function createProperty(page: Page, name: string, rawNames: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Property names').fill(rawNames);
  await page.getByRole('button', { name: 'Create property' }).click();
}

test('a report is limited to a segment by a defined property, and to some events', { tag: '@both' }, async ({ page, cairn, account, javaScriptEnabled }) => {
  const environment = account.environmentId;
  await sendUserProperties(cairn, environment, 'alice@example.test', { plan: 'gold' });
  await sendUserProperties(cairn, environment, 'bob@example.test', { Plan: 'gold' });
  await sendUserProperties(cairn, environment, 'carol@example.test', { plan: 'silver' });
  for (const [name, total] of [['alice', 42], ['alice', 7], ['bob', 42], ['carol', 42]] as const) {
    await sendEvent(cairn, environment, 'order', `${name}@example.test`, { total });
  }
  await signIn(page, account);

  await open(page, account, 'definitions', javaScriptEnabled);
  await page.getByRole('link', { name: 'Properties', exact: true }).click();
  await page.getByRole('link', { name: 'Create a property' }).click();
  await createProperty(page, 'Tariff', 'plan\nPlan');
  await expect(notice(page, 'Definition created')).toBeVisible();
  await expect(page.getByRole('row', { name: /Tariff/ })).toContainText('plan, Plan');

  await page.getByRole('link', { name: 'Segments', exact: true }).click();
  await page.getByRole('link', { name: 'Create a segment' }).click();
  await page.getByRole('button', { name: 'Create segment' }).click();
  await expect(page.getByLabel('Property name')).toHaveAccessibleDescription(/Enter the name of a property/);
  await page.getByLabel('Name', { exact: true }).fill('Paying');
  await page.getByLabel('Defined property').selectOption('Tariff');
  await page.getByLabel('Value').fill('gold');
  await page.getByRole('button', { name: 'Create segment' }).click();
  await expect(page.getByRole('row', { name: /Paying/ })).toContainText('Tariff is gold');

  await open(page, account, 'definitions/new', javaScriptEnabled);
  await page.getByLabel('Name', { exact: true }).fill('Order placed');
  await page.getByLabel('Event name').fill('order');
  await page.getByRole('button', { name: 'Create definition' }).click();
  await page.getByRole('link', { name: 'Reports', exact: true }).click();
  await page.getByRole('link', { name: 'Create a report' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Orders');
  await page.getByLabel('Users', { exact: true }).selectOption('Paying');
  await page.getByText('Count some of the events only').click();
  await page.getByLabel('Property name').fill('total');
  await page.getByLabel('Comparison').selectOption('is the number');
  await page.getByLabel('Value').fill('forty-two');
  await page.getByRole('button', { name: 'Create report' }).click();
  await expect(page.getByLabel('Value')).toHaveAccessibleDescription(/not a number/);
  await expect(page.getByLabel('Property name')).toHaveValue('total');
  await page.getByLabel('Value').fill('42');
  await page.getByRole('button', { name: 'Create report' }).click();
  await expect(page.getByRole('img', { name: /^Orders, from .*: the most was 2 events on/ })).toBeVisible();
  await expect(page.getByText('users of Paying, where total is the number 42.')).toBeVisible();

  await page.getByRole('link', { name: 'Edit report' }).click();
  await expect(page.getByLabel('Value')).toHaveValue('42');
  await page.getByLabel('Users', { exact: true }).selectOption('Everybody');
  await page.getByRole('button', { name: 'Save report' }).click();
  await expect(page.getByRole('img', { name: /the most was 3 events on/ })).toBeVisible();
});

test('a property and a segment are edited, archived and restored', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await open(page, account, 'definitions/properties/new', javaScriptEnabled);
  await createProperty(page, '', `${'x'.repeat(1024)}\nplan`);
  await expect(page.getByLabel('Property names')).toHaveAccessibleDescription(/Line 1: The property name is too long/);
  await createProperty(page, 'Tariff', 'plan');
  await page.getByRole('link', { name: 'Tariff' }).click();
  await page.getByLabel('Property names').fill('plan\nPlan');
  await page.getByRole('button', { name: 'Save property' }).click();
  await expect(page.getByRole('row', { name: /Tariff/ })).toContainText('user: plan, Plan');
  await page.getByRole('button', { name: 'Archive Tariff' }).click();
  await page.getByRole('region', { name: 'Archived' }).getByRole('button', { name: 'Restore Tariff' }).click();
  await expect(notice(page, 'Definition restored')).toBeVisible();

  await page.getByRole('link', { name: 'Segments', exact: true }).click();
  await page.getByRole('link', { name: 'Create a segment' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Grown up');
  await page.getByLabel('Property name').fill('age');
  await page.getByLabel('Comparison').selectOption('is set');
  await page.getByRole('button', { name: 'Create segment' }).click();
  await page.getByRole('link', { name: 'Grown up' }).click();
  await expect(page.getByLabel('Property name')).toHaveValue('age');
  await page.getByLabel('Comparison').selectOption('is not the number');
  await page.getByLabel('Value').fill('17');
  await page.getByRole('button', { name: 'Save segment' }).click();
  await expect(page.getByRole('row', { name: /Grown up/ })).toContainText('age is not the number 17');
  await page.getByRole('button', { name: 'Archive Grown up' }).click();
  await page.getByRole('region', { name: 'Archived' }).getByRole('button', { name: 'Restore Grown up' }).click();
  await expect(notice(page, 'Definition restored')).toBeVisible();

  await page.context().clearCookies();
  await signInReadOnly(page, account);
  await page.goto(of(account, 'definitions/segments'));
  await expect(page.getByRole('row', { name: /Grown up/ })).toBeVisible();
  await expect(page.locator('main').getByRole('button')).toHaveCount(0);
  expect((await page.goto(of(account, 'definitions/segments/new')))?.status()).toBe(403);
});

test('properties, segments and the limits of a report are accessible', async ({ page, account }) => {
  await signIn(page, account);
  await open(page, account, 'definitions/properties/new');
  await page.getByRole('button', { name: 'Create property' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await createProperty(page, 'Tariff', 'plan');
  await expect(page.getByRole('row', { name: /Tariff/ })).toBeVisible();
  await open(page, account, 'definitions/segments/new');
  await page.getByRole('button', { name: 'Create segment' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Name', { exact: true }).fill('Paying');
  await page.getByLabel('Property name').fill('plan');
  await page.getByLabel('Value').fill('gold');
  await page.getByRole('button', { name: 'Create segment' }).click();
  await expect(page.getByRole('row', { name: /Paying/ })).toBeVisible();
  await open(page, account, 'definitions/new');
  await page.getByLabel('Name', { exact: true }).fill('Order placed');
  await page.getByLabel('Event name').fill('order');
  await page.getByRole('button', { name: 'Create definition' }).click();
  await expect(page.getByRole('row', { name: /Order placed/ })).toBeVisible();
  await open(page, account, 'reports/new');
  await page.getByText('Count some of the events only').click();
  await expectAccessible(page);
});
