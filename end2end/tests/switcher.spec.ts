import type { Page } from '@playwright/test';

import { type Account, expect, expectAccessible, hydrated, signIn, test } from '../fixtures';

const menu = (page: Page, name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true });
const switcher = (page: Page) => page.getByRole('button', { name: /^Project and environment:/ });

/** Makes the project Shop, and goes to its Production by the switcher. */
async function goToShop(page: Page, account: Account, javaScriptEnabled: boolean | undefined): Promise<string> {
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/settings/projects`);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Project name').fill('Shop');
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Project created' })).toBeVisible();
  await page.goto(`/a/${account.accountId}/e/${account.environmentId}/definitions`);
  await hydrated(page, javaScriptEnabled);
  await switcher(page).click();
  await page.locator('#switcher').getByRole('link', { name: 'Production' }).nth(1).click();
  await expect(switcher(page)).toContainText('Shop');
  const [, environment] = /\/e\/(\d+)\/definitions/.exec(page.url()) ?? [];
  expect(environment).not.toBe(account.environmentId);
  return environment ?? '';
}

test('the environment that was chosen stays chosen on the pages of the account, also after a reload and a save', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  const environment = await goToShop(page, account, javaScriptEnabled);
  await menu(page, 'Excluded IPs').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Excluded IPs');
  expect(new URL(page.url()).searchParams.get('e')).toBe(environment);
  await page.reload();
  await hydrated(page, javaScriptEnabled);
  await expect(switcher(page)).toContainText('Shop');

  await page.getByRole('textbox', { name: /^Addresses excluded/ }).fill('192.0.2.1');
  await page.getByRole('button', { name: 'Save list' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'List saved' })).toBeVisible();
  await expect(switcher(page)).toContainText('Shop');
  await menu(page, 'Reports').click();
  await expect(page).toHaveURL(new RegExp(`/e/${environment}/reports`));
});

test('on a narrow screen the menu is a drawer, with and without script', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.setViewportSize({ width: 380, height: 800 });
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/settings/teammates`);
  await hydrated(page, javaScriptEnabled);
  await expect(menu(page, 'Audit log')).toBeHidden();
  await page.getByRole('button', { name: 'Menu' }).click();
  await menu(page, 'Audit log').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Audit log');
  await expect(menu(page, 'Teammates')).toBeHidden();
});

test('the switcher and the drawer are accessible', async ({ page, account }) => {
  await goToShop(page, account, true);
  await switcher(page).click();
  await expectAccessible(page);
  await page.setViewportSize({ width: 380, height: 800 });
  await page.reload();
  await hydrated(page);
  await page.getByRole('button', { name: 'Menu' }).click();
  await expectAccessible(page);
});
