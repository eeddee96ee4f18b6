import { join } from 'node:path';

import type { APIRequestContext } from '@playwright/test';

import { type Account, expect, hydrated, signIn, test } from '../fixtures';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');
const DAYS = 90;
const DAY = 86_400_000;

/** Numbers that look random and are the same each time. */
function* draw(): Generator<number> {
  for (let state = 7; ; ) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

/** Orders of three months: more from week to week, fewer at week-ends. */
async function sendOrders(request: APIRequestContext, account: Account): Promise<void> {
  const numbers = draw();
  const next = () => numbers.next().value as number;
  for (let back = DAYS; back >= 0; back -= 1) {
    const day = new Date(Date.now() - back * DAY);
    const quiet = [0, 6].includes(day.getUTCDay()) ? 0.45 : 1;
    const count = Math.round((60 + 1.2 * (DAYS - back)) * quiet * (0.8 + 0.4 * next()));
    const events = Array.from({ length: count }, () => ({
      event: 'Order placed',
      identity: `customer-${Math.floor(next() * 900)}@example.test`,
      timestamp: new Date(day.getTime() - next() * 3_600_000).toISOString(),
    }));
    const sent = await request.post('/api/track', { data: { app_id: account.appId, events } });
    expect(await sent.text()).toBe('OK');
  }
}

test('the report of the README, in the light and in the dark', async ({ page, request, account }) => {
  test.slow();
  await sendOrders(request, account);
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/e/${account.environmentId}/definitions/new`);
  await hydrated(page);
  await page.getByLabel('Name', { exact: true }).fill('Orders');
  await page.getByLabel('Event name').fill('Order placed');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Definition created' })).toBeVisible();
  await page.goto(`/a/${account.accountId}/e/${account.environmentId}/reports/new`);
  await hydrated(page);
  await page.getByLabel('Name', { exact: true }).fill('Orders a day');
  await page.getByRole('radio', { name: /90 days/ }).check();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Orders a day');
  const address = page.url().split('?')[0] ?? '';
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(address);
    await hydrated(page);
    await page.screenshot({ path: join(FOLDER, `report-${colorScheme}.png`) });
  }
});
