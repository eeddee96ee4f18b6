import type { Page } from '@playwright/test';

import { expect, expectAccessible, hydrated, signIn, test } from '../fixtures';

const notice = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });
const talk = (page: Page) => page.getByRole('link', { name: 'Talk to us' });

async function write(page: Page, message: string, email: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(message);
  await page.getByLabel('Your e-mail address').fill(email);
  await page.getByRole('button', { name: 'Send message' }).click();
}

test('who cannot sign in writes to the operator, who reads, answers and deletes it', { tag: '@both' }, async ({ page, otherPage, account, cairn, javaScriptEnabled }) => {
  // Other tests of this installation write as well.
  const subject = `Locked out of ${account.name}`;
  await page.goto('/sign-in');
  await hydrated(page, javaScriptEnabled);
  await talk(page).click();
  await page.getByLabel('What is it about?').selectOption('Something that does not work');
  await write(page, `${subject}\nThe code does not come.`, 'bob');
  await expect(page.getByLabel('Your e-mail address')).toHaveAccessibleDescription(/This is not an e-mail address/);
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue(`${subject}\nThe code does not come.`);
  await expect(page.getByLabel('What is it about?')).toHaveValue('bug');
  await write(page, `${subject}\nThe code does not come.`, 'bob@example.test');
  await expect(page.getByRole('region', { name: 'Your message is sent' })).toContainText('bob@example.test');
  await page.getByRole('link', { name: 'Back to where you were' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();

  await cairn.run(['operator', 'add', '--email', account.email]);
  await signIn(otherPage, account);
  await otherPage.goto('/');
  await hydrated(otherPage, javaScriptEnabled);
  await otherPage.getByRole('link', { name: /^Inbox, \d+ new$/ }).click();
  await otherPage.getByLabel('Search messages').fill(`${account.name.toUpperCase()} LOCKED`);
  await otherPage.getByRole('button', { name: 'Search' }).click();
  await hydrated(otherPage, javaScriptEnabled);
  await otherPage.getByRole('link', { name: subject, exact: true }).click();
  await expect(otherPage.getByRole('heading', { level: 1 })).toHaveText('Bug from bob@example.test');
  await expect(otherPage.getByText('The code does not come.')).toBeVisible();
  await expect(otherPage.getByRole('link', { name: 'Answer by mail' })).toHaveAttribute('href', /^mailto:bob@example\.test\?subject=Re/);
  await otherPage.getByRole('button', { name: 'Mark as answered' }).click();
  await expect(notice(otherPage, 'Message marked')).toBeVisible();
  await expect(otherPage.getByRole('definition').filter({ hasText: /^Answered by / })).toBeVisible();

  await otherPage.getByRole('link', { name: 'Back to the inbox' }).click();
  await otherPage.getByRole('link', { name: 'Answered' }).click();
  await otherPage.getByRole('link', { name: subject, exact: true }).click();
  await otherPage.getByRole('link', { name: 'Delete message' }).click();
  await otherPage.getByRole('button', { name: 'Delete message' }).click();
  await expect(notice(otherPage, 'Message deleted')).toBeVisible();
  await otherPage.getByRole('link', { name: 'All', exact: true }).click();
  await expect(otherPage.getByRole('link', { name: 'All', exact: true })).toHaveAttribute('aria-current', 'page');
  await expect(otherPage.getByRole('link', { name: subject, exact: true })).toHaveCount(0);
});

test('who is signed in is known by address and page, and the inbox is no page of theirs', { tag: '@both' }, async ({ page, otherPage, account, cairn, javaScriptEnabled }) => {
  // The first account of an installation is its operator's.
  const other = await cairn.createAccount();
  await signIn(page, other);
  await page.goto(`/a/${other.accountId}/settings/privacy`);
  await hydrated(page, javaScriptEnabled);
  await expect(page.getByRole('link', { name: /^Inbox/ })).toHaveCount(0);
  await talk(page).click();
  await expect(page.getByLabel('Your e-mail address')).toHaveValue(other.email);
  await page.getByLabel('What is it about?').selectOption('Close my account');
  await write(page, `Close ${other.name}, all of it`, other.email);
  await expect(page.getByText('Your message is sent')).toBeVisible();
  expect((await page.goto('/inbox'))?.status()).toBe(404);

  await cairn.run(['operator', 'add', '--email', account.email]);
  await signIn(otherPage, account);
  await otherPage.goto('/inbox');
  await hydrated(otherPage, javaScriptEnabled);
  await otherPage.getByRole('link', { name: `Close ${other.name}, all of it` }).click();
  const known = otherPage.getByRole('definition');
  await expect(known.filter({ hasText: `(${other.email}), full access` })).toBeVisible();
  await expect(known.filter({ hasText: `/a/${other.accountId}/settings/privacy` })).toBeVisible();
});

test('the pages for writing and reading messages are accessible, and the way there covers nothing on a phone', async ({ page, account, cairn }) => {
  await cairn.run(['operator', 'add', '--email', account.email]);
  await signIn(page, account);
  await page.goto('/talk-to-us?from=/me');
  await hydrated(page);
  await write(page, '', 'bob');
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await write(page, `Accessible in ${account.name}?`, account.email);
  await expect(page.getByText('Your message is sent')).toBeVisible();
  await expectAccessible(page);
  await page.goto('/inbox');
  await hydrated(page);
  await expectAccessible(page);
  await page.getByRole('link', { name: `Accessible in ${account.name}?` }).click();
  await expect(page.getByRole('link', { name: 'Answer by mail' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Delete message' }).click();
  await expect(page.getByRole('heading', { name: /^Delete the message from/ })).toBeVisible();
  await expectAccessible(page);

  await page.setViewportSize({ width: 380, height: 700 });
  for (const path of ['/me', '/inbox', `/a/${account.accountId}/settings/teammates`]) {
    await page.goto(path);
    await hydrated(page);
    const covered = await talk(page).evaluate((tab) => {
      const box = tab.getBoundingClientRect();
      const meets = (other: DOMRect) => other.width > 0 && other.bottom > box.top && other.top < box.bottom && other.right > box.left && other.left < box.right;
      const all = [...document.querySelectorAll('main :is(a, button, input, p, h1, h2, td, th)')];
      return all.filter((one) => meets(one.getBoundingClientRect())).map((one) => one.outerHTML);
    });
    expect(covered, path).toEqual([]);
    // Wherever the page is scrolled to: it moves with the page.
    expect(await page.locator('.talk').evaluate((tab) => getComputedStyle(tab).position)).toBe('absolute');
  }
});
