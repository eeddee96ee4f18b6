import { type Page, expect } from '@playwright/test';

import type { Account } from './cairn';

/** Invites somebody with read-only access to the account, and signs the page in as them. The invite's own pages have their own journeys. */
export async function signInReadOnly(page: Page, account: Account): Promise<void> {
  const post = async (name: string, form: Record<string, string>) => {
    const answer = await page.request.post(`/api/console/${name}`, { form });
    expect(answer.status(), `${name}: ${await answer.text()}`).toBe(200);
  };
  await post('sign_in', { email: account.email, password: account.password });
  await post('invite', { account: account.accountId, email: `reader-of-${account.email}`, access: 'read_only' });
  const teammates = await (await page.request.get(`/a/${account.accountId}/settings/teammates`)).text();
  const [, invite, token] = /\/invite\/([0-9a-f-]+)\/([\w-]+)/.exec(teammates) ?? [];
  await page.context().clearCookies();
  await post('invite_accept_as_newcomer', { invite: invite ?? '', token: token ?? '', name: 'Reader', password: 'a reader of everything' });
}
