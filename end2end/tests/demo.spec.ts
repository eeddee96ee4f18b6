import { expect, expectAccessible, hydrated, test } from '../fixtures';

test('whoever looks around in demo data removes it and lands on set-up', { tag: '@both' }, async ({ page, emptyCairn, javaScriptEnabled }) => {
  const made = JSON.parse(await emptyCairn.run(['demo', '--json', '--events', '2000']));
  await page.goto(emptyCairn.url);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('E-mail address').fill(made.email);
  await page.getByLabel('Password', { exact: true }).fill(made.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const note = page.getByRole('complementary', { name: 'Demo data' });
  await expect(note).toContainText('This account holds demo data.');
  await page.getByRole('link', { name: 'Page views', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page views');
  await expect(page.getByRole('img', { name: /the most was/ })).toBeVisible();

  await note.getByRole('link', { name: 'Remove it' }).click();
  await expect(page.getByRole('region', { name: 'What goes' })).toContainText('2,000 events');
  if (javaScriptEnabled) await expectAccessible(page);
  await page.getByRole('button', { name: 'Remove demo data' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Demo data removed' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up Cairn');
  await page.goto(`${emptyCairn.url}/a/${made.account_id}`);
  await expect(page).toHaveURL(`${emptyCairn.url}/setup`);
});
