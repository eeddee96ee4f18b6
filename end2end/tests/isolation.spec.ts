import type { BrowserContext } from '@playwright/test';

import { expect, hydrated, signIn, test } from '../fixtures';

// One after the other and by one worker, so that the second would find what the first has left.
test.describe.configure({ mode: 'serial' });

let former: BrowserContext[] = [];

test('a test leaves behind what it can', async ({ page, otherPage, context, account }) => {
  former = [context, otherPage.context()];
  await context.addCookies([{ name: 'left', value: 'this', url: 'http://never-visited.test' }]);
  await context.grantPermissions(['clipboard-read']);
  await context.route('**/sign-in', (route) => route.fulfill({ body: 'Not the site' }));
  for (const left of [page, otherPage]) {
    await signIn(left, account);
    await left.setViewportSize({ width: 380, height: 700 });
    await left.emulateMedia({ colorScheme: 'dark' });
    await left.goto('/me');
    await left.evaluate(async () => {
      window.name = 'left';
      localStorage.setItem('left', 'this');
      sessionStorage.setItem('left', 'this');
      await caches.open('left');
      await new Promise((resolve) => (indexedDB.open('left').onsuccess = resolve));
    });
  }
  await (await context.newPage()).goto('/me');
});

test('the next one finds nothing of it, in the same contexts', async ({ page, otherPage, context }) => {
  expect([context, otherPage.context()]).toEqual(former);
  expect(context.pages()).toEqual([page]);
  for (const found of [page, otherPage]) {
    expect(await found.context().cookies()).toEqual([]);
    expect(found.viewportSize()).toEqual({ width: 1280, height: 800 });
    await found.goto('/me');
    await hydrated(found);
    await expect(found.getByRole('heading', { level: 1 })).toHaveText('Sign in');
    await found.goto('/sign-in');
    await expect(found.getByRole('heading', { level: 1 })).toHaveText('Sign in');
    const left = await found.evaluate(async () => ({
      name: window.name,
      stored: [localStorage.length, sessionStorage.length],
      caches: await caches.keys(),
      databases: await indexedDB.databases(),
      dark: matchMedia('(prefers-color-scheme: dark)').matches,
      clipboard: (await navigator.permissions.query({ name: 'clipboard-read' as PermissionName })).state,
    }));
    expect(left).toEqual({ name: '', stored: [0, 0], caches: [], databases: [], dark: false, clipboard: 'prompt' });
  }
});

test('what would last beyond a test is refused', async ({ context }) => {
  expect(() => context.addInitScript('')).toThrow('would last beyond this test');
});
