import { readFileSync } from 'node:fs';

import { expect, expectAccessible, hydrated, signIn, test } from '../fixtures';

const example = (name: string) => ({ name: `Example: ${name}` });

// An installation without an account leads to its set-up.
test.beforeEach(({ account }) => expect(account.accountId).not.toBe(''));

test('whoever comes reads every call of the API and its document', { tag: '@both' }, async ({ page, request, javaScriptEnabled }) => {
  const answer = await page.goto('/help/api');
  expect(answer?.status()).toBe(200);
  await hydrated(page, javaScriptEnabled);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('API');
  await expect(page.getByRole('region', example('Store events, One event'))).toContainText('"app_id": "YOUR_APP_ID"');

  const link = page.getByRole('link', { name: 'OpenAPI 3.1 document' });
  const document = await (await request.get((await link.getAttribute('href')) ?? '')).json();
  expect(document.openapi).toBe('3.1.0');
  for (const path of Object.keys(document.paths)) await expect(page.getByRole('article').filter({ hasText: path }).first()).toBeVisible();

  await page.getByRole('navigation', { name: 'Calls' }).getByRole('link', { name: 'Request a deletion' }).click();
  await expect(page.getByRole('heading', { name: 'Request a deletion' })).toBeInViewport();
});

test('an admin finds the calls with the own app ID, and takes them to Postman', { tag: '@both' }, async ({ page, cairn, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/settings/privacy`);
  await hydrated(page, javaScriptEnabled);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download the calls for Postman' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('cairn.postman_collection.json');
  const collection = JSON.parse(readFileSync(await download.path(), 'utf8'));
  const variable = (key: string) => collection.variable.find((variable: { key: string }) => variable.key === key).value;
  expect([variable('base_url'), variable('app_id'), variable('api_key')]).toEqual([cairn.url, account.appId, '']);

  await page.getByRole('link', { name: 'Every call of the API' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('API');
  await expect(page.getByRole('region', example('Get a token'))).toContainText(`--user "${account.appId}:$API_KEY"`);
  await expect(page.getByRole('region', example('Store events, Several events'))).toContainText(`${cairn.url}/api/track`);
  await page.getByRole('link', { name: 'Privacy & security' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Privacy & security');
});

test('the page of the API is accessible, and no wider than a telephone', async ({ page }) => {
  test.slow();
  await page.goto('/help/api');
  await hydrated(page);
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await expectAccessible(page);
});
