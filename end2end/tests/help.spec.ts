import type { Page } from '@playwright/test';

import { expect, expectAccessible, hydrated, signIn, test } from '../fixtures';

const HELP = '/help/delete-data';
const CASES = [
  'Data that is not to be collected at all',
  'Data that went to the wrong environment',
  'What privacy law tells you to delete',
  'Events, properties or segments that you defined',
  'Some users',
  'Something else',
];
const theCase = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });
const contents = (page: Page) => page.getByRole('navigation', { name: 'Cases' });

// An installation without an account leads to its set-up.
test.beforeEach(({ account }) => expect(account.accountId).not.toBe(''));

test('who is not signed in reads what can be deleted, and says that it helped', { tag: '@both' }, async ({ page, account, cairn, otherPage, javaScriptEnabled }) => {
  await cairn.run(['operator', 'add', '--email', account.email]);
  await page.goto(HELP);
  await hydrated(page, javaScriptEnabled);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What do you want to delete?');
  await expect(page.getByRole('heading', { level: 2 })).toHaveText([...CASES, 'Was this helpful?']);
  await expect(contents(page).getByRole('link')).toHaveText(CASES);
  await contents(page).getByRole('link', { name: 'Some users' }).click();
  await expect(page).toHaveURL(/\/help\/delete-data#users$/);
  await expect(theCase(page, 'Some users')).toBeInViewport();
  await expect(theCase(page, 'Some users').getByRole('link', { name: 'Find by identity' })).toHaveAttribute('href', '/');

  await page.getByRole('button', { name: 'Yes this page helped' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Your answer is counted' })).toBeVisible();
  await theCase(page, 'Something else').getByRole('link', { name: 'Talk to us' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Talk to us');

  await signIn(otherPage, account);
  await otherPage.goto('/inbox');
  await hydrated(otherPage, javaScriptEnabled);
  await otherPage.getByRole('link', { name: 'Help pages', exact: true }).click();
  await expect(otherPage.getByRole('link', { name: 'Help pages', exact: true })).toHaveAttribute('aria-current', 'page');
  // Other tests of this installation answer as well.
  const row = otherPage.getByRole('row', { name: /^What do you want to delete\?/ });
  await expect(row.getByRole('cell').first()).toHaveText(/^[1-9]/);
});

test('who is signed in is led to the right page with the right thing chosen', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/settings/deletion-requests`);
  await hydrated(page, javaScriptEnabled);
  await page.getByRole('main').getByRole('link', { name: 'What do you want to delete?' }).click();
  await expect(page.getByText(`The buttons lead into the account ${account.name}.`)).toBeVisible();
  await theCase(page, 'Some users').getByRole('link', { name: 'Find by property' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Request deletion');
  await expect(page.getByRole('radio', { name: 'User property' })).toBeChecked();
  await page.goBack();
  await theCase(page, 'Events, properties or segments that you defined').getByRole('link', { name: 'Archive segments' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Segments');
  await page.getByRole('link', { name: 'What is new' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What is new');
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Help', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What do you want to delete?');
});

test('the help pages are accessible, also on a phone', async ({ page, account, cairn }) => {
  await cairn.run(['operator', 'add', '--email', account.email]);
  await signIn(page, account);
  for (const path of [HELP, '/help/changelog', '/inbox/help']) {
    await page.goto(path);
    await hydrated(page);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
  await page.setViewportSize({ width: 380, height: 700 });
  for (const path of [HELP, '/help/changelog', '/inbox/help']) {
    await page.goto(path);
    await hydrated(page);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(tooWide, path).toBe(0);
  }
});
