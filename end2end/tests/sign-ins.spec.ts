import type { Page } from '@playwright/test';

import { expect, expectAccessible, hydrated, signIn, test } from '../fixtures';

const email = (page: Page) => page.getByLabel('E-mail address');
const password = (page: Page) => page.getByLabel('Password', { exact: true });
const title = (page: Page) => page.getByRole('heading', { level: 1 });
const notice = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });

/** What the page of set-up asks for. */
async function setUp(page: Page, address: string, chosen = 'a password of many words'): Promise<void> {
  await page.getByLabel('Account name').fill('Acme');
  await page.getByLabel('Your name').fill('Ada');
  await email(page).fill(address);
  await password(page).fill(chosen);
  await page.getByRole('button', { name: 'Create account' }).click();
}

async function trySignIn(page: Page, address: string, guess: string): Promise<void> {
  await email(page).fill(address);
  await password(page).fill(guess);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function changePassword(page: Page, current: string, next: string): Promise<void> {
  await page.getByLabel('Current password').fill(current);
  await page.getByLabel('New password').fill(next);
  await page.getByRole('button', { name: 'Change password' }).click();
}

test('a newcomer sets up an empty installation, signs out and signs in again', { tag: '@both' }, async ({ page, emptyCairn, javaScriptEnabled }) => {
  await page.goto(emptyCairn.url);
  await hydrated(page, javaScriptEnabled);
  await expect(title(page)).toHaveText('Set up Cairn');
  await setUp(page, 'ada@example.test');
  await expect(notice(page, 'Your account is ready')).toBeVisible();
  await expect(title(page)).toHaveText('Reports');
  await expect(page).toHaveURL(/\/a\/[0-9a-f-]{36}\/e\/\d+\/reports/);
  await expect(page.getByRole('button', { name: /^Project and environment/ })).toHaveText(/Main\s*Production$/);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(notice(page, 'You are signed out')).toBeVisible();
  await trySignIn(page, ' Ada@Example.test', 'a password of many words');
  await expect(title(page)).toHaveText('Reports');
});

test('every page of an empty installation leads to set-up', { tag: '@both' }, async ({ page, emptyCairn }) => {
  for (const path of ['/', '/sign-in', '/sign-up', '/me', '/a/00000000-0000-7000-8000-000000000000/settings/teammates', '/nowhere']) {
    await page.goto(emptyCairn.url + path);
    await expect(page, path).toHaveURL(`${emptyCairn.url}/setup`);
  }
});

test('set-up leads away once there is an account', { tag: '@both' }, async ({ page, account }) => {
  await page.goto('/setup');
  await expect(title(page)).toHaveText('Sign in');
  await signIn(page, account);
  await page.goto('/setup');
  await expect(title(page)).toHaveText('Reports');
});

test('who sets up second is refused, and loses nothing of what was typed', { tag: '@both' }, async ({ page, otherPage, emptyCairn, javaScriptEnabled }) => {
  for (const somebody of [page, otherPage]) {
    await somebody.goto(`${emptyCairn.url}/setup`);
    await hydrated(somebody, javaScriptEnabled);
  }
  await setUp(page, 'ada@example.test');
  await expect(title(page)).toHaveText('Reports');
  await setUp(otherPage, 'eve@example.test');
  await expect(otherPage.getByRole('alert')).toBeVisible();
  await expect(otherPage.getByLabel('Account name')).toHaveValue('Acme');
  await expect(email(otherPage)).toHaveValue('eve@example.test');
  await otherPage.goto(emptyCairn.url);
  await trySignIn(otherPage, 'eve@example.test', 'a password of many words');
  await expect(otherPage.getByRole('alert')).toContainText('is wrong');
});

test('everything wrong with the first account is told beside its field, and what was typed is kept', { tag: '@both' }, async ({ page, emptyCairn, javaScriptEnabled }) => {
  await page.goto(`${emptyCairn.url}/setup`);
  await hydrated(page, javaScriptEnabled);
  await page.getByLabel('Account name').fill('Acme & <Sons>');
  await email(page).fill('nobody');
  await password(page).fill('too few');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('alert')).toContainText('3 things to correct');
  await expect(page.getByLabel('Your name')).toHaveAccessibleDescription(/Enter a name/);
  await expect(email(page)).toHaveAccessibleDescription(/This is not an e-mail address/);
  await expect(password(page)).toHaveAccessibleDescription(/too short. Use at least 10 characters/);
  await expect(page.getByLabel('Account name')).toHaveValue('Acme & <Sons>');
  await expect(page.getByLabel('Account name')).not.toHaveAttribute('aria-invalid');
  await expect(email(page)).toHaveValue('nobody');
  expect(await page.content()).not.toContain('too few');

  await page.getByRole('alert').getByRole('link', { name: /too short/ }).click();
  await expect(password(page)).toBeFocused();
  await setUp(page, 'ada@example.test', 'ada@example.test');
  await expect(password(page)).toHaveAccessibleDescription(/The password is the e-mail address/);
  await setUp(page, 'ada@example.test');
  await expect(notice(page, 'Your account is ready')).toBeVisible();
});

test('a page that needs a sign-in leads to it, and back after a mistake too', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  const wanted = `/a/${account.accountId}/settings/audit-log?sort=at`;
  await page.goto(wanted);
  await hydrated(page, javaScriptEnabled);
  await expect(title(page)).toHaveText('Sign in');
  await trySignIn(page, account.email, 'not the password');
  await expect(page.getByRole('alert')).toBeVisible();
  await trySignIn(page, account.email, account.password);
  await expect(title(page)).toHaveText('Audit log');
  await expect(page).toHaveURL(wanted);
});

test('a link that is followed after the sign-in ended leads to signing in, and back', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/settings/projects`);
  await hydrated(page, javaScriptEnabled);
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'Teammates' }).click();
  await expect(title(page)).toHaveText('Sign in');
  await trySignIn(page, account.email, account.password);
  await expect(title(page)).toHaveText('Teammates');
});

test('a form that is sent after the sign-in ended keeps what was typed for another try', async ({ page, context, account }) => {
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/settings/projects`);
  await hydrated(page);
  await page.getByLabel('Project name').fill('Shop');
  await context.clearCookies();
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('alert')).toContainText('You are signed out');
  await expect(page.getByLabel('Project name')).toHaveValue('Shop');
  await signIn(await context.newPage(), account);
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('region', { name: 'Shop' })).toBeVisible();
});

test('a form that is sent after the sign-in ended is there again after signing in, with what was typed', { tag: '@nojs' }, async ({ page, context, account }) => {
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/settings/projects`);
  await page.getByLabel('Project name').fill('Shop');
  await context.clearCookies();
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(title(page)).toHaveText('Sign in');
  await trySignIn(page, account.email, account.password);
  await expect(title(page)).toHaveText('Projects & environments');
  await expect(page.getByLabel('Project name')).toHaveValue('Shop');
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('region', { name: 'Shop' })).toBeVisible();
});

test('a sign-in leads to no other site', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto('/sign-in?next=https://evil.example/');
  await hydrated(page, javaScriptEnabled);
  await trySignIn(page, account.email, account.password);
  await expect(title(page)).toHaveText('Reports');
});

test('a wrong password and an unknown address get the same answer', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  for (const address of [account.email, `nobody-${account.email}`]) {
    await page.goto('/sign-in');
    await hydrated(page, javaScriptEnabled);
    await trySignIn(page, address, 'not the password');
    await expect(page.getByRole('alert')).toHaveText('The e-mail address or the password is wrong. Check both and try again.');
    await expect(page.locator('[aria-invalid]')).toHaveCount(0);
    await expect(email(page)).toHaveValue(address);
    expect(await page.content()).not.toContain('not the password');
  }
});

test('what is missing from a sign-in is told beside its field, and what was typed is kept', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await page.goto('/sign-in');
  await hydrated(page, javaScriptEnabled);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(email(page)).toHaveAccessibleDescription(/Enter an e-mail address/);
  await expect(password(page)).toHaveAccessibleDescription(/Enter a password/);
  await trySignIn(page, account.name, account.password);
  await expect(email(page)).toHaveAccessibleDescription(/This is not an e-mail address/);
  await expect(email(page)).toHaveValue(account.name);
  expect(await page.content()).not.toContain(account.password);
});

test('a sign-in is a cookie that no script reads, and signing out ends it for good', { tag: '@both' }, async ({ page, context, account }) => {
  await signIn(page, account);
  const [cookie, ...others] = await context.cookies();
  expect(others).toEqual([]);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  await page.goto('/me');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(notice(page, 'You are signed out')).toBeVisible();
  expect(await context.cookies()).toEqual([]);
  if (cookie) await context.addCookies([cookie]);
  await page.goto('/me');
  await expect(title(page)).toHaveText('Sign in');
});

test('signing in anew makes another cookie and ends the old sign-in', { tag: '@both' }, async ({ page, otherPage, context, account }) => {
  await signIn(page, account);
  const old = await context.cookies();
  await otherPage.context().addCookies(old);
  await otherPage.goto('/me');
  await expect(otherPage.getByText(account.email)).toBeVisible();
  await signIn(page, account);
  expect((await context.cookies())[0]?.value).not.toBe(old[0]?.value);
  await otherPage.goto('/me');
  await expect(title(otherPage)).toHaveText('Sign in');
});

test("a form on another site's page signs nobody in", { tag: '@both' }, async ({ page, context, cairn, account }) => {
  const fields = `<input name="email" value="${account.email}"><input name="password" value="${account.password}">`;
  await page.goto(`data:text/html,<form method="post" action="${cairn.url}/api/console/sign_in">${fields}<button>Send</button></form>`);
  const answer = page.waitForResponse(`${cairn.url}/api/console/sign_in`);
  await page.getByRole('button', { name: 'Send' }).click();
  expect((await answer).status()).toBe(403);
  expect(await context.cookies()).toEqual([]);
});

test('a change of the password ends every other sign-in of the person', { tag: '@both' }, async ({ page, otherPage, account, javaScriptEnabled }) => {
  await signIn(otherPage, account);
  await signIn(page, account);
  await page.goto('/me');
  await hydrated(page, javaScriptEnabled);
  await changePassword(page, account.password, 'another password of many words');
  await expect(notice(page, 'Password changed')).toBeVisible();
  await expect(page.getByLabel('New password')).toHaveValue('');
  await page.goto('/me');
  await expect(page.getByText(account.email)).toBeVisible();

  await otherPage.goto('/me');
  await hydrated(otherPage, javaScriptEnabled);
  await trySignIn(otherPage, account.email, account.password);
  await expect(otherPage.getByRole('alert')).toContainText('is wrong');
  await trySignIn(otherPage, account.email, 'another password of many words');
  await expect(otherPage.getByText(account.email)).toBeVisible();
});

test('everything wrong with a change of the password is told beside its field, and no password is shown', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  await page.goto('/me');
  await hydrated(page, javaScriptEnabled);
  await changePassword(page, '', '');
  await expect(page.getByLabel('Current password')).toHaveAccessibleDescription(/Enter your current password/);
  await expect(page.getByLabel('New password')).toHaveAccessibleDescription(/Enter a password/);
  await changePassword(page, account.password, 'too few');
  await expect(page.getByLabel('New password')).toHaveAccessibleDescription(/too short. Use at least 10 characters/);
  await changePassword(page, account.password, account.email);
  await expect(page.getByLabel('New password')).toHaveAccessibleDescription(/The password is the e-mail address/);
  await changePassword(page, 'not the password', 'another password of many words');
  await expect(page.getByLabel('Current password')).toHaveAccessibleDescription(/This is not your current password/);
  for (const typed of ['not the password', 'another password of many words']) {
    expect(await page.content()).not.toContain(typed);
  }
  // The old one still counts.
  await page.context().clearCookies();
  await signIn(page, account);
  await page.goto('/');
  await expect(title(page)).toHaveText('Reports');
});

test('too many attempts at one address have to wait, and keep nobody else out', { tag: '@both' }, async ({ page, request, emptyCairn, javaScriptEnabled }) => {
  const [ada, bob] = [await emptyCairn.createAccount(), await emptyCairn.createAccount()];
  const guess = () => request.post(`${emptyCairn.url}/api/console/sign_in`, { form: { email: ada.email, password: 'not the password' } });
  const guesses = await Promise.all(Array.from({ length: 10 }, guess));
  expect(guesses.map((answer) => answer.status())).toEqual(Array(10).fill(422));
  const refused = await guess();
  expect(refused.status()).toBe(429);
  expect(refused.headers()['retry-after']).toMatch(/^[1-9]\d*$/);

  await page.goto(`${emptyCairn.url}/sign-in`);
  await hydrated(page, javaScriptEnabled);
  await trySignIn(page, ada.email, ada.password);
  await expect(page.getByRole('alert')).toHaveText(/^Too many attempts\. Try again in .*second/);
  await expect(email(page)).toHaveValue(ada.email);
  await trySignIn(page, bob.email, bob.password);
  await expect(title(page)).toHaveText('Reports');
});

test('too many attempts of one client have to wait, whatever the address', async ({ request, emptyCairn }) => {
  const guess = (_: unknown, place: number) =>
    request.post(`${emptyCairn.url}/api/console/sign_in`, { form: { email: `nobody-${place}@example.test`, password: 'not the password' } });
  const answers = await Promise.all(Array.from({ length: 100 }, guess));
  const refused = answers.filter((answer) => answer.status() === 429);
  expect(refused.length).toBeGreaterThan(0);
  for (const answer of refused) expect(answer.headers()['retry-after']).toMatch(/^[1-9]\d*$/);
  expect(answers.filter((answer) => answer.status() === 422).length).toBe(answers.length - refused.length);
});

test('strangers cannot make an account unless sign-up is open', { tag: '@both' }, async ({ page, request, account }) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Create an account' })).toHaveCount(0);
  expect((await page.goto('/sign-up'))?.status()).toBe(404);
  const form = { account_name: 'Acme', name: 'Eve', email: `eve-of-${account.email}`, password: 'a password of many words' };
  expect((await request.post('/api/console/sign_up', { form })).status()).toBe(404);
});

test('set-up is accessible, empty and refused', async ({ page, emptyCairn }) => {
  await page.goto(`${emptyCairn.url}/setup`);
  await hydrated(page);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
});

test('signing in is accessible, empty, refused and after signing out', async ({ page, account }) => {
  test.slow();
  await page.goto('/sign-in');
  await hydrated(page);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await trySignIn(page, account.email, 'not the password');
  await expect(page.getByRole('alert')).toContainText('is wrong');
  await expectAccessible(page);
  await trySignIn(page, account.email, account.password);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(notice(page, 'You are signed out')).toBeVisible();
  await expectAccessible(page);
});

test('the profile is accessible, untouched, refused and changed', async ({ page, account }) => {
  test.slow();
  await signIn(page, account);
  await page.goto('/me');
  await hydrated(page);
  await expectAccessible(page);
  await changePassword(page, '', '');
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await changePassword(page, account.password, 'another password of many words');
  await expect(notice(page, 'Password changed')).toBeVisible();
  await expectAccessible(page);
});
