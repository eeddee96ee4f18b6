import type { Page } from '@playwright/test';

import { expect, expectAccessible, hydrated, test } from '../fixtures';

// Others than who sits at the machine can reach it, so the page of set-up asks for what only the operator has seen.
test.use({ variables: { CAIRN_PUBLIC_URL: 'http://cairn.example' } });

const code = (page: Page) => page.getByLabel('Set-up code');
const password = (page: Page) => page.getByLabel('Password', { exact: true });
const create = (page: Page) => page.getByRole('button', { name: 'Create account' });

test('set-up needs the code that was printed at start, and keeps what was typed until it is right', { tag: '@both' }, async ({ page, emptyCairn, javaScriptEnabled }) => {
  await page.goto(emptyCairn.url);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Account name').fill('Acme');
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('E-mail address').fill('ada@example.test');
  await password(page).fill('a password of many words');
  await create(page).click();
  await expect(code(page)).toHaveAccessibleDescription(/Enter the code/);

  await code(page).fill('not the code');
  await password(page).fill('a password of many words');
  await create(page).click();
  await expect(code(page)).toHaveAccessibleDescription(/This is not the code/);
  await expect(code(page)).toHaveValue('not the code');
  await expect(page.getByLabel('Account name')).toHaveValue('Acme');
  expect(await page.content()).not.toContain('a password of many words');

  const [, printed = ''] = /type this code: (\w+)/.exec(emptyCairn.output()) ?? [];
  await code(page).fill(printed);
  await password(page).fill('a password of many words');
  await create(page).click();
  await expect(page.getByRole('status').filter({ hasText: 'Your account is ready' })).toBeVisible();
});

test('set-up with a code is accessible, empty and refused', async ({ page, emptyCairn }) => {
  await page.goto(emptyCairn.url);
  await hydrated(page);
  await expect(code(page)).toBeVisible();
  await expectAccessible(page);
  await create(page).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
});
