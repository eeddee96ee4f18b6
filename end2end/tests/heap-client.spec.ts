import { createRequire } from 'node:module';

import { type Account, Cairn, expect, signIn, test } from '../fixtures';

/** Heap's own client for Node, as far as it is used here. */
type HeapClient = {
  track(event: string, identity: string, properties?: Record<string, unknown>): Promise<true>;
  addUserProperties(identity: string, properties: Record<string, unknown>): Promise<true>;
  _request(options: { url: string }, callback?: unknown): Promise<true>;
};
type HeapError = Error & { response: { statusCode: number; body: string } };

// It is older than modules.
const heap = createRequire(import.meta.url)('heap-api') as (appId: string) => HeapClient;

/** The client with its fixed address turned to this server. Nothing else of it is touched. */
function clientOf(cairn: Cairn, appId: string): HeapClient {
  const client = heap(appId);
  const send = client._request.bind(client);
  client._request = (options, callback) => send({ ...options, url: options.url.replace('https://heapanalytics.com', cairn.url) }, callback);
  return client;
}

const refusal = (sent: Promise<true>): Promise<HeapError> => sent.then(() => Promise.reject(new Error('it was accepted')), (error) => error);
const settings = (account: Account) => `/a/${account.accountId}/e/${account.environmentId}/settings`;

test("Heap's own client tracks events and sets properties of users", async ({ page, cairn, account }) => {
  const client = clientOf(cairn, account.appId);
  await client.track('Signup', 'ada@example.com', { plan: 'pro', seats: 3 });
  await client.track('Look', 'ada@example.com');
  await client.addUserProperties('ada@example.com', { city: 'London', age: 36 });
  await signIn(page, account);
  await page.goto(settings(account));
  await expect(page.getByText('Receiving events')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Receiving' })).toContainText(/2\s*events|Events\s*2/i);
});

test("Heap's own client is told what is wrong", async ({ cairn, account }) => {
  const unknown = await refusal(clientOf(cairn, '17').track('Signup', 'ada@example.com'));
  expect(unknown.message).toBe('Heap API server error 400: postBody.app_id should be the id of an environment that exists');
  const named = await refusal(clientOf(cairn, account.appId).addUserProperties('ada@example.com', { ID: 1 }));
  expect(named.message).toBe("Heap API server error 400: postBody.users[0].properties should NOT have a property named 'id'");
});

test("Heap's own client meets a 403 from an excluded address, and only where users are told apart", async ({ page, cairn, account }) => {
  await signIn(page, account);
  await page.goto(`/a/${account.accountId}/settings/excluded-ips`);
  await page.getByRole('textbox', { name: /^Addresses excluded/ }).fill('127.0.0.1\n::1');
  await page.getByRole('button', { name: 'Save list' }).click();
  await page.getByLabel('Save it all the same').check();
  await page.getByRole('button', { name: 'Save list' }).click();
  await expect(page.getByText('List saved')).toBeVisible();

  const client = clientOf(cairn, account.appId);
  const refused = await refusal(client.addUserProperties('ada@example.com', { city: 'London' }));
  expect(refused.response.statusCode).toBe(403);
  await client.track('Signup', 'ada@example.com');
  await page.goto(settings(account));
  await expect(page.getByText('No events yet')).toBeVisible();
});
