import { expect, hydrated, test } from '../fixtures';

// Of a browser that was never here before.
test.use({ ownContext: true });

test('the first page of an empty installation comes to life without asking anybody else', async ({ page, emptyCairn }) => {
  const strangers: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(emptyCairn.url)) strangers.push(request.url());
  });
  await page.goto(emptyCairn.url);
  await hydrated(page);
  expect(new URL(page.url()).pathname).toBe('/setup');
  expect(strangers).toEqual([]);
});

test('what the page loads is compressed and kept by the browser', async ({ request, cairn }) => {
  const html = await (await request.get(`${cairn.url}/setup`)).text();
  const addresses = [...new Set(html.match(/\/pkg\/[0-9a-f]+\/cairn\w*\.(css|js|wasm)/g))];
  expect(addresses).toHaveLength(3);
  for (const address of addresses) {
    const { headers } = await fetchHead(cairn.url + address);
    expect(headers.get('cache-control')).toContain('immutable');
    expect(headers.get('content-encoding')).toBe('br');
  }
});

function fetchHead(url: string): Promise<Response> {
  return fetch(url, { method: 'HEAD', headers: { 'accept-encoding': 'br' } });
}
