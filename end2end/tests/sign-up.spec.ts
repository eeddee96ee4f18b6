import type { Page } from '@playwright/test';

import { expect, expectAccessible, hydrated, test } from '../fixtures';

test.use({ variables: { CAIRN_OPEN_SIGN_UP: 'true' } });

const email = (page: Page) => page.getByLabel('E-mail address');
const password = (page: Page) => page.getByLabel('Password', { exact: true });
const create = (page: Page) => page.getByRole('button', { name: 'Create account' });

// Sign-up leads to set-up until there is an account.
test.beforeEach(async ({ page, account, javaScriptEnabled }) => {
  await page.goto('/sign-in');
  await hydrated(page, javaScriptEnabled);
  await expect(email(page), account.name).toBeVisible();
});

test('a stranger makes an account, and sees no other', { tag: '@both' }, async ({ page, account }) => {
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Account name').fill('Acme');
  await page.getByLabel('Your name').fill('Eve');
  await email(page).fill(`eve-of-${account.email}`);
  await password(page).fill('a password of many words');
  await create(page).click();
  await expect(page.getByRole('status').filter({ hasText: 'Your account is ready' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reports');
  await page.goto('/me');
  await expect(page.getByRole('region', { name: 'Your accounts' }).getByRole('listitem')).toHaveText(['Acme Full access']);
  expect((await page.goto(`/a/${account.accountId}/settings/teammates`))?.status()).toBe(404);
});

test('everything wrong with a new account is told beside its field, and what was typed is kept', { tag: '@both' }, async ({ page, account }) => {
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Your name').fill('Eve');
  await email(page).fill('nobody');
  await password(page).fill('too few');
  await create(page).click();
  await expect(page.getByRole('alert')).toContainText('3 things to correct');
  await expect(page.getByLabel('Account name')).toHaveAccessibleDescription(/Enter a name for the account/);
  await expect(email(page)).toHaveAccessibleDescription(/This is not an e-mail address/);
  await expect(password(page)).toHaveAccessibleDescription(/too short. Use at least 10 characters/);
  await expect(page.getByLabel('Your name')).toHaveValue('Eve');
  await expect(email(page)).toHaveValue('nobody');
  expect(await page.content()).not.toContain('too few');

  await page.getByLabel('Account name').fill('Acme');
  await email(page).fill(account.email);
  await password(page).fill('a password of many words');
  await create(page).click();
  await expect(email(page)).toHaveAccessibleDescription(/belongs to somebody who can sign in already/);
  await expect(page.getByLabel('Account name')).toHaveValue('Acme');
  await expect(email(page)).toHaveValue(account.email);
});

test('signing up is accessible, empty and refused', async ({ page }) => {
  test.slow();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Create an account');
  await expectAccessible(page);
  await create(page).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
});
