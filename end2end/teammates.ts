import { type Page, expect } from '@playwright/test';

import type { Account } from './cairn';
import { hydrated } from './fixtures';

export const PASSWORD = 'a password of many words';

export const path = (account: Account) => `/a/${account.accountId}/settings/teammates`;
/** Somebody new in every test: those of a worker share an installation, and so its people. */
export const bobOf = (account: Account) => `bob-of-${account.email}`;
/** The name of the first admin. */
export const adminOf = (account: Account) => account.email.replace(/@.*/, '');

export const title = (page: Page) => page.getByRole('heading', { level: 1 });
export const notice = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });
export const email = (page: Page) => page.getByLabel('E-mail address');
export const password = (page: Page) => page.getByLabel('Password', { exact: true });
export const send = (page: Page) => page.getByRole('button', { name: 'Invite', exact: true });
export const members = (page: Page) => page.getByRole('table', { name: 'Teammates' }).locator('tbody').getByRole('row');
export const member = (page: Page, name: string) => members(page).filter({ has: page.getByText(name, { exact: true }) });
export const invites = (page: Page) => page.getByRole('region', { name: 'Pending invites' }).getByRole('listitem');
export const linkFor = (page: Page, address: string) => page.getByRole('textbox', { name: `Invite link for ${address}` });
export const readOnly = (page: Page, name: string, pressed: boolean) => page.getByRole('button', { name: `Read-only for ${name}`, pressed });

/** Invites with full access, and answers the link. */
export async function invite(page: Page, address: string): Promise<string> {
  await email(page).fill(address);
  await send(page).click();
  return linkFor(page, address).inputValue();
}

/** Accepts an invite as somebody who was not there before. */
export async function join(page: Page, link: string, name: string, javaScriptEnabled = true): Promise<void> {
  await page.goto(link);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Your name').fill(name);
  await password(page).fill(PASSWORD);
  await page.getByRole('button', { name: 'Join' }).click();
  await joined(page, javaScriptEnabled);
}

/** Who joined is shown the reports first; goes on to the teammates. */
export async function joined(page: Page, javaScriptEnabled = true): Promise<void> {
  await expect(notice(page, 'You joined the account')).toBeVisible();
  await expect(title(page)).toHaveText('Reports');
  const [, , account] = new URL(page.url()).pathname.split('/');
  await page.goto(`/a/${account}/settings/teammates`);
  await hydrated(page, javaScriptEnabled);
}

export async function reload(page: Page, javaScriptEnabled = true): Promise<void> {
  await page.reload();
  await hydrated(page, javaScriptEnabled);
}
