import { type Account, expect, expectAccessible, hydrated, signIn, test } from '../fixtures';
import { signInReadOnly } from '../readers';

const projects = (account: Account) => `/a/${account.accountId}/settings/projects`;

test('an admin creates, renames and deletes a project', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(projects(account));
  await hydrated(page, javaScriptEnabled);

  await page.getByLabel('Project name').fill('Shop');
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Project created' })).toBeVisible();
  const shop = page.getByRole('region', { name: 'Shop' });
  await expect(shop.getByRole('link', { name: 'Production' })).toBeVisible();
  await expect(page.getByLabel('Project name')).toHaveValue('');

  await shop.getByRole('link', { name: 'Shop Settings' }).click();
  await page.getByLabel('Project name').fill('Web shop');
  await page.getByRole('button', { name: 'Rename project' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Project renamed' })).toBeVisible();

  await page.getByRole('link', { name: 'Web shop Settings' }).click();
  await page.getByRole('link', { name: 'Delete project Web shop' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Delete project Web shop?');
  await expect(page.getByRole('region', { name: 'What goes' }).getByRole('listitem').first()).toHaveText('1 environment');
  await page.getByLabel('Name of the project').fill('Web shop');
  await page.getByRole('button', { name: 'Delete project Web shop' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Project deleted' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Web shop' })).toHaveCount(0);
});

test('a project without a name, or with a name that is taken, is refused beside the field', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(projects(account));
  await hydrated(page, javaScriptEnabled);
  const name = page.getByLabel('Project name');

  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(name).toHaveAccessibleDescription(/Enter a name/);

  await name.fill('Main');
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(name).toHaveAccessibleDescription(/taken/);
  await expect(name).toHaveValue('Main');
});

test('a project is not deleted unless its name is typed', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(projects(account));
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Project name').fill('Shop');
  await page.getByRole('button', { name: 'Create project' }).click();
  await page.getByRole('link', { name: 'Shop Settings' }).click();
  await page.getByRole('link', { name: 'Delete project Shop' }).click();
  const name = page.getByLabel('Name of the project');
  await name.fill('shop');
  await page.getByRole('button', { name: 'Delete project Shop' }).click();
  await expect(name).toHaveAccessibleDescription(/This is not the name/);
  await page.goto(projects(account));
  await expect(page.getByRole('region', { name: 'Shop' })).toBeVisible();
});

test('the main project can be neither renamed nor deleted, and the page says why', { tag: '@both' }, async ({ page, account }) => {
  await signIn(page, account);
  await page.goto(projects(account));
  await page.getByRole('link', { name: 'Main Settings' }).click();
  await expect(page.getByText('neither renamed nor deleted')).toBeVisible();
  await expect(page.locator('main').getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('link', { name: /^Delete project/ })).toHaveCount(0);
});

test('a read-only teammate sees projects and no control, and is told why', { tag: '@both' }, async ({ page, account }) => {
  await signInReadOnly(page, account);
  await page.goto(projects(account));
  await expect(page.getByText('Your access is read-only')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Main' }).getByRole('link', { name: 'Production' })).toBeVisible();
  await expect(page.locator('main').getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('link', { name: /Add environment/ })).toHaveCount(0);
});

test("another account's project is not found", { tag: '@both' }, async ({ page, cairn, account }) => {
  const stranger = await cairn.createAccount();
  await signIn(page, account);
  await page.goto(projects(account));
  const address = await page.getByRole('link', { name: 'Main Settings' }).getAttribute('href');
  await page.context().clearCookies();
  await signIn(page, stranger);
  for (const path of [address, address?.replace(account.accountId, stranger.accountId)]) {
    const answer = await page.goto(path ?? '');
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not found');
  }
});

test('the list of projects is accessible', async ({ page, account }) => {
  await signIn(page, account);
  await page.goto(projects(account));
  await hydrated(page);
  await page.getByLabel('Project name').fill('Shop');
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('region', { name: 'Shop' })).toBeVisible();
  await expectAccessible(page);
});

test('the pages of one project are accessible', async ({ page, account }) => {
  await signIn(page, account);
  await page.goto(projects(account));
  await hydrated(page);
  await page.getByLabel('Project name').fill('Shop');
  await page.getByRole('button', { name: 'Create project' }).click();
  await page.getByRole('link', { name: 'Shop Settings' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Shop');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Delete project Shop' }).click();
  await page.getByRole('button', { name: 'Delete project Shop' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
});
