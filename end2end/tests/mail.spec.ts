import { type Cairn, expect, expectAccessible, hydrated, signIn, test as base } from '../fixtures';
import { MailServer } from '../mail-server';

const test = base.extend<{ mail: MailServer; mailing: Cairn }>({
  mail: async ({}, use) => {
    const mail = await MailServer.start();
    await use(mail);
    mail.close();
  },
  mailing: async ({ mail, startCairn }, use) => use(await startCairn(mail.variables)),
});

test('a test mail and an invite arrive, and the mail server is quoted', { tag: '@both' }, async ({ page, mail, mailing, javaScriptEnabled }) => {
  const account = await mailing.createAccount();
  const signedIn = await page.request.post(`${mailing.url}/api/console/sign_in`, {
    form: { email: account.email, password: account.password },
    headers: { accept: 'application/json' },
  });
  expect(signedIn.status()).toBe(200);
  await page.goto(`${mailing.url}/a/${account.accountId}/settings/mail`);
  await hydrated(page, javaScriptEnabled);
  if (javaScriptEnabled) await expectAccessible(page);
  await page.getByRole('button', { name: 'Send a test mail to me' }).click();
  // Without script the page refreshes itself until the answer is there.
  await expect(page.getByRole('row', { name: /Test mail/ })).toContainText('Accepted 250 queued as 4711');
  if (javaScriptEnabled) await expectAccessible(page);

  await page.goto(`${mailing.url}/a/${account.accountId}/settings/teammates`);
  await hydrated(page, javaScriptEnabled);
  for (const address of ['bob@example.test', 'nobody@example.test']) {
    await page.getByLabel('E-mail address').fill(address);
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await expect(page.getByRole('listitem').filter({ hasText: address })).toContainText('Mail:');
  }
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('listitem').filter({ hasText: 'bob@example.test' })).toContainText('Accepted', { timeout: 100 });
    await expect(page.getByRole('listitem').filter({ hasText: 'nobody@example.test' })).toContainText('no such mailbox here', { timeout: 100 });
  }).toPass({ timeout: 10_000 });
  await page.context().clearCookies();
  await page.goto(mail.link('bob@example.test'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Join ${account.name}`);
});

test('a forgotten password is replaced by the link in a letter, once', { tag: '@both' }, async ({ page, mail, mailing, javaScriptEnabled }) => {
  const account = await mailing.createAccount();
  await page.goto(`${mailing.url}/sign-in`);
  await hydrated(page, javaScriptEnabled);
  await page.getByRole('link', { name: 'Forgotten password' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Forgotten password');
  await page.getByLabel('E-mail address').fill('ada');
  await page.getByRole('button', { name: 'Mail a link' }).click();
  await expect(page.getByLabel('E-mail address')).toHaveAccessibleDescription(/not an e-mail address/);
  if (javaScriptEnabled) await expectAccessible(page);
  await page.getByLabel('E-mail address').fill(account.email);
  await page.getByRole('button', { name: 'Mail a link' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'If the address is known here, a link is on its way' })).toBeVisible();

  await expect.poll(() => mail.letters.length).toBe(1);
  const link = mail.link(account.email);
  await page.goto(link);
  await hydrated(page, javaScriptEnabled);
  await expect(page.getByText(`For ${account.email}.`)).toBeVisible();
  if (javaScriptEnabled) await expectAccessible(page);
  await page.getByLabel('New password').fill('short');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByLabel('New password')).toHaveAccessibleDescription(/too short/);
  await page.getByLabel('New password').fill('several words that are new');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'You are signed in here, and nowhere else' })).toBeVisible();
  await expect(page.getByText(account.email)).toBeVisible();
  // The first person runs the installation, and sees what became of letters that belong to no account.
  await page.goto(`${mailing.url}/inbox/letters`);
  await expect(page.getByRole('row', { name: /New password/ })).toContainText(`${account.email}New passwordAccepted`);
  if (javaScriptEnabled) await expectAccessible(page);
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link does not work');
});

test('where no mail is sent, the pages say so', { tag: '@nojs' }, async ({ page, account }) => {
  await page.goto('/forgot');
  await expect(page.getByText('This installation sends no mail')).toBeVisible();
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/settings/mail`);
  await expect(page.getByText('No mail is sent')).toBeVisible();
  await expect(page.getByRole('button', { name: /test mail/ })).toHaveCount(0);
});
