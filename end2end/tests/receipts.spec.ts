import { readFile } from 'node:fs/promises';

import { expect, expectAccessible, hydrated, signIn, test, withoutGrace } from '../fixtures';

test('what a request erased is proven by its receipt', { tag: '@both' }, async ({ page, cairn, account, javaScriptEnabled }) => {
  await page.request.post('/api/track', { data: { app_id: account.appId, identity: 'bea@example.test', event: 'Order' } });
  await signIn(page, account);
  await withoutGrace(page, account);
  await page.goto(`/a/${account.accountId}/settings/deletion-requests/new`);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Users to erase').fill('bea@example.test');
  await page.getByRole('button', { name: 'Show who is found' }).click();
  await page.getByLabel('Type 1 to confirm').fill('1');
  await page.getByRole('button', { name: 'Erase 1 user' }).click();
  await expect(page.getByText('Complete', { exact: true })).toBeVisible({ timeout: 15_000 });

  await page.getByRole('link', { name: 'Receipt' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Receipt');
  await expect(page.getByRole('table', { name: 'Rows before and after' })).toContainText('Main / Production');
  await expect(page.getByText('bea@example.test')).toHaveCount(0);
  if (javaScriptEnabled) await expectAccessible(page);
  const viewport = page.viewportSize();
  await page.setViewportSize({ width: 380, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(380);
  if (viewport) await page.setViewportSize(viewport);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
  const file = await download.path();
  const told = await cairn.run(['receipt', 'verify', file, '--identity', 'bea@example.test']);
  expect(told).toContain('bea@example.test was among the erased.');

  await page.goto(`/a/${account.accountId}/settings/deletion-requests`);
  await expect(page.getByText('over the newest 1 request: within')).toBeVisible();
  await page.getByRole('link', { name: 'Ask a receipt' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ask a receipt');
  if (javaScriptEnabled) await expectAccessible(page);
  for (const [who, answer] of [['bea@example.test', 'bea@example.test was erased'], ['cyd@example.test', 'cyd@example.test is not named in this receipt']] as const) {
    await page.getByLabel('Receipt').setInputFiles({ name: 'receipt.json', mimeType: 'application/json', buffer: await readFile(file) });
    await page.getByLabel('Identity or user ID').fill(who);
    await page.getByRole('button', { name: 'Ask' }).click();
    await expect(page.getByRole('region', { name: answer })).toBeVisible();
  }
  if (javaScriptEnabled) await expectAccessible(page);
});
