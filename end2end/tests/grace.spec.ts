import { expect, expectAccessible, hydrated, signIn, test } from '../fixtures';
import { signInReadOnly } from '../readers';

test('a request waits for the grace period, in which it is cancelled', { tag: '@both' }, async ({ page, otherPage, account, javaScriptEnabled }) => {
  await page.request.post('/api/track', { data: { app_id: account.appId, identity: 'bea@example.test', event: 'Order' } });
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/settings/privacy`);
  await hydrated(page, javaScriptEnabled);
  await expect(page.getByLabel('Before erasing')).toHaveValue('24');
  await page.getByLabel('Before erasing').selectOption('3 days');
  await page.getByRole('button', { name: 'Set grace period' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Grace period set' })).toBeVisible();

  await page.goto(`/a/${account.accountId}/settings/deletion-requests/new`);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Users to erase').fill('bea@example.test');
  await page.getByRole('button', { name: 'Show who is found' }).click();
  await expect(page.getByText('Erasing starts in 3 days. Until then the request can be cancelled.')).toBeVisible();
  await page.getByLabel('Type 1 to confirm').fill('1');
  await page.getByRole('button', { name: 'Erase 1 user' }).click();
  await expect(page.getByText('Erasing begins in 3 days')).toBeVisible();
  if (javaScriptEnabled) await expectAccessible(page);
  const [address] = page.url().split('?');

  await signInReadOnly(otherPage, account);
  await otherPage.goto(address);
  await expect(otherPage.getByText('Pending', { exact: true })).toBeVisible();
  await expect(otherPage.getByRole('button', { name: 'Cancel request' })).toHaveCount(0);

  // Who asks for the same user once more is told.
  await page.request.post('/api/track', { data: { app_id: account.appId, identity: 'cyd@example.test', event: 'Order' } });
  await page.goto(`/a/${account.accountId}/settings/deletion-requests/new`);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Users to erase').fill('bea@example.test\ncyd@example.test');
  await page.getByRole('button', { name: 'Show who is found' }).click();
  const found = page.getByRole('table', { name: 'Users who would be erased' });
  await expect(found.getByRole('row', { name: /cyd@example.test/ }).getByRole('link')).toHaveCount(0);
  if (javaScriptEnabled) await expectAccessible(page);
  await found.getByRole('row', { name: /bea@example.test/ }).getByRole('link', { name: 'In another request' }).click();
  await expect(page.getByText('Erasing begins in 3 days')).toBeVisible();
  expect(page.url()).toBe(address);
  await hydrated(page, javaScriptEnabled);

  await page.getByRole('button', { name: 'Cancel request' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Deletion request cancelled' })).toBeVisible();
  await expect(page.getByText('Cancelled', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel request' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Receipt' })).toHaveCount(0);
  if (javaScriptEnabled) await expectAccessible(page);
  await page.goto(`/a/${account.accountId}/settings/audit-log`);
  await expect(page.getByRole('row', { name: /Cancelled a deletion request/ })).toHaveCount(1);
  await expect(page.getByRole('row', { name: /Set the grace period of deletion requests to 3 days/ })).toHaveCount(1);
});
