import { type Page } from '@playwright/test';

import { type Account, expect, expectAccessible, hydrated, signIn, test, withoutGrace } from '../fixtures';
import { signInReadOnly } from '../readers';

const path = (account: Account) => `/a/${account.accountId}/e/${account.appId}/privacy`;
const save = (page: Page) => page.getByRole('button', { name: 'Save privacy settings' });
const saved = (page: Page) => page.getByRole('status').filter({ hasText: 'Privacy settings saved' });
const choice = (page: Page, about: string, name: RegExp) => page.getByRole('radiogroup', { name: about }).getByRole('radio', { name });

test.beforeEach(async ({ page, account }) => signIn(page, account));

test('an admin settles what is kept, and the next request goes by it', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto(`/a/${account.accountId}/settings/privacy`);
  await hydrated(page, javaScriptEnabled);
  await page.getByRole('link', { name: 'Main / Production' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Privacy of Production');
  await expect(page.getByText('nothing that was left out comes back')).toBeVisible();
  await expect(choice(page, 'IP address', /^Not stored/)).toBeChecked();
  if (javaScriptEnabled) await expectAccessible(page);

  await choice(page, 'IP address', /^Stored/).check();
  await choice(page, 'Global Privacy Control', /^Honoured/).check();
  await page.getByLabel('Properties of events to leave out').fill('email\n*token*');
  await page.getByLabel('Allowed hosts').fill('https://www.Example.com/\n*.example.org');
  await save(page).click();
  await expect(saved(page)).toBeVisible();
  await expect(choice(page, 'IP address', /^Stored/)).toBeChecked();
  await expect(choice(page, 'Global Privacy Control', /^Honoured/)).toBeChecked();
  await expect(page.getByLabel('Allowed hosts')).toHaveValue('example.com\n*.example.org\n');

  const send = async (headers: Record<string, string>) => {
    const answer = await page.request.post('/api/track', { headers, data: { app_id: account.appId, identity: 'bea', event: 'Look' } });
    return [answer.status(), answer.headers()['x-cairn-ignored']];
  };
  expect(await send({})).toEqual([200, undefined]);
  expect(await send({ 'sec-gpc': '1' })).toEqual([200, 'gpc']);
  expect(await send({ origin: 'https://shop.example.org' })).toEqual([200, undefined]);
  expect(await send({ origin: 'https://shop.example.com' })).toEqual([200, 'host']);

  await page.goto(`/a/${account.accountId}/settings/audit-log`);
  await expect(page.getByRole('row', { name: /Changed the privacy of Production/ })).toContainText('IP address: not stored before, now stored');
});

test('what is there already is scrubbed by the settings, with a receipt', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  test.slow();
  for (const identity of ['bea', 'cleo']) {
    await page.request.post('/api/track', { data: { app_id: account.appId, identity, event: 'Look', properties: { email: `${identity}@example.test`, plan: 'gold' } } });
  }
  await withoutGrace(page, account);
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Properties of events to leave out').fill('email');
  await save(page).click();
  await expect(saved(page)).toBeVisible();

  await page.getByRole('link', { name: 'Scrub what is there' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Scrub Production?');
  await expect(page.getByRole('region', { name: 'What goes' })).toContainText('email');
  if (javaScriptEnabled) await expectAccessible(page);
  await page.getByLabel('Name of the environment').fill('Staging');
  await page.getByRole('button', { name: 'Scrub what is there' }).click();
  await expect(page.getByLabel('Name of the environment')).toHaveAccessibleDescription(/Type/);
  await page.getByLabel('Name of the environment').fill('Production');
  await page.getByRole('button', { name: 'Scrub what is there' }).click();
  await expect(page.getByText('A final count found nothing left')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('definition').filter({ hasText: 'What the privacy settings of Main / Production do not keep' })).toBeVisible();
  if (javaScriptEnabled) await expectAccessible(page);

  await page.getByRole('link', { name: 'Receipt', exact: true }).click();
  await expect(page.getByText('a last pass over everything in the environment')).toBeVisible();
  await expect(page.getByRole('row', { name: /Main \/ Production/ })).toContainText('2 → 0');
  if (javaScriptEnabled) await expectAccessible(page);
  await page.goto(`/a/${account.accountId}/settings/audit-log`);
  await expect(page.getByRole('row', { name: /Requested to scrub Main \/ Production/ })).toHaveCount(1);
});

test('data is kept for so many days as an admin says', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Days').fill('4000');
  await save(page).click();
  await expect(page.getByLabel('Days')).toHaveAccessibleDescription(/Type a whole number from 1 to 3650/);
  await expect(page.getByLabel('Days')).toHaveValue('4000');
  await page.getByLabel('Days').fill('90');
  await save(page).click();
  await expect(saved(page)).toBeVisible();
  await expect(page.getByLabel('Days')).toHaveValue('90');
  await page.goto(`/a/${account.accountId}/settings/audit-log`);
  await expect(page.getByRole('row', { name: /Changed the privacy of Production/ })).toContainText('How long data is kept: for ever before, now 90 days');
});

test('every bad line is told, and nothing is saved or lost', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  await choice(page, 'Browser and system', /^Stored/).check();
  await choice(page, 'Events of', /^Only the pages below/).check();
  await page.getByLabel('Allowed hosts').fill('example.com\nnot a host\n');
  await page.getByLabel('Properties of users to leave out').fill('a*b <ok>');
  await save(page).click();
  await expect(page.getByRole('alert')).toContainText('3 things to correct');
  await expect(page.getByLabel('Allowed hosts')).toHaveAccessibleDescription(/Line 2: This is not a host/);
  await expect(page.getByLabel('Properties of users to leave out')).toHaveAccessibleDescription(/Line 1: A \* can stand only/);
  await expect(page.getByRole('textbox', { name: 'Pages' })).toHaveAccessibleDescription(/Enter at least one page/);
  await expect(page.getByLabel('Allowed hosts')).toHaveValue('example.com\nnot a host\n');
  await expect(page.getByLabel('Properties of users to leave out')).toHaveValue('a*b <ok>');
  await expect(choice(page, 'Browser and system', /^Stored/)).toBeChecked();
  await expect(choice(page, 'Events of', /^Only the pages below/)).toBeChecked();
  if (javaScriptEnabled) await expectAccessible(page);

  await page.goto(path(account));
  await expect(choice(page, 'Browser and system', /^Not stored/)).toBeChecked();
  await expect(page.getByLabel('Allowed hosts')).toHaveValue('');
});

test('a save of settings that somebody else saved meanwhile shows both', { tag: '@both' }, async ({ page, context, account, javaScriptEnabled }) => {
  await page.goto(path(account));
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Allowed hosts').fill('mine.example\n');

  const other = await context.newPage();
  await other.goto(path(account));
  await hydrated(other, javaScriptEnabled);
  await other.getByLabel('Allowed hosts').fill('theirs.example\n');
  await save(other).click();
  await expect(saved(other)).toBeVisible();

  await save(page).click();
  await expect(page.getByRole('alert')).toContainText('Somebody else saved a change');
  await expect(page.getByLabel('Allowed hosts')).toHaveValue('mine.example\n');
  await expect(page.getByRole('region', { name: 'As it stands now' })).toContainText('theirs.example');
  if (javaScriptEnabled) await expectAccessible(page);

  await save(page).click();
  await expect(saved(page)).toBeVisible();
  await expect(page.getByLabel('Allowed hosts')).toHaveValue('mine.example\n');
});

test('a read-only teammate sees the settings, no control, and why', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signInReadOnly(page, account);
  await page.goto(`/a/${account.accountId}/e/${account.appId}/settings`);
  await hydrated(page, javaScriptEnabled);
  await page.getByRole('link', { name: 'Privacy', exact: true }).click();
  await expect(page.getByText('Your access is read-only')).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: 'All pages' })).toBeVisible();
  await expect(save(page)).toHaveCount(0);
  await expect(page.getByRole('radio')).toHaveCount(0);
  if (javaScriptEnabled) await expectAccessible(page);
});
