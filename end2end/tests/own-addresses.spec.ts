import { expect, hydrated, signIn, test } from '../fixtures';

test.use({ variables: { CAIRN_IPV4_HOST: 'v4.cairn.test', CAIRN_IPV6_HOST: 'v6.cairn.test' } });

test('an admin sees both of the own addresses, or can ask for them', { tag: '@both' }, async ({ page, account, javaScriptEnabled }) => {
  await signIn(page, account);
  const answer = (body: string) => ({ body, contentType: 'text/plain', headers: { 'access-control-allow-origin': '*' } });
  await page.route('http://v4.cairn.test/api/address', (route) => route.fulfill(answer('203.0.113.7')));
  await page.route('http://v6.cairn.test/api/address', (route) => route.fulfill(answer('2001:db8::7')));
  await page.goto(`/a/${account.accountId}/settings/excluded-ips`);
  await hydrated(page, javaScriptEnabled);
  const section = page.getByRole('region', { name: 'How you reach this server' });
  await expect(section.getByRole('link', { name: 'Ask for it' }).first()).toHaveAttribute('href', 'http://v4.cairn.test/api/address');
  if (javaScriptEnabled) {
    await expect(section).toContainText('203.0.113.7');
    await expect(section).toContainText('2001:db8::7');
  }
});
