import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { test as base, type BrowserContext, type ConsoleMessage, expect, type Page, type WebError } from '@playwright/test';
import type { Result } from 'axe-core';

import { type Account, Cairn, type Variables } from './cairn';
import { SharedContexts } from './contexts';

export { type Account, Cairn, expect };

type OfTheTest = {
  /** Variables of `cairn`, set by a file with `test.use({ variables: { ... } })`. */
  variables: Variables;
  /** The installation that tests of this worker with the same variables share; `page.goto('/...')` leads there. */
  cairn: Cairn;
  /** An account made for this test. */
  account: Account;
  /** Starts an installation for this test. */
  startCairn: (variables?: Variables) => Promise<Cairn>;
  /** An installation in which nothing exists yet, made for this test. */
  emptyCairn: Cairn;
  /** Whether the test gets a browser context that nobody had before it: with an empty cache, and to be changed at will. */
  ownContext: boolean;
  /** What contexts are made with: tests that differ in it share none. */
  contextKey: string;
  /** A page in another browser: it shares no sign-in with `page`. */
  otherPage: Page;
  /** What went wrong in the page; must be empty when the test ends. */
  pageErrors: string[];
};

type OfTheWorker = {
  /** Of each set of variables. */
  installations: (variables: Variables) => Promise<Cairn>;
  contexts: SharedContexts;
};

export const test = base.extend<OfTheTest, OfTheWorker>({
  variables: [{}, { option: true }],

  installations: [
    async ({}, use) => {
      const started = new Map<string, Promise<Cairn>>();
      await use((variables) => {
        const key = JSON.stringify(variables);
        const cairn = started.get(key) ?? Cairn.start(variables);
        started.set(key, cairn);
        return cairn;
      });
      await Promise.all([...started.values()].map(async (cairn) => (await cairn).remove()));
    },
    { scope: 'worker' },
  ],

  cairn: async ({ installations, variables }, use) => use(await installations(variables)),

  baseURL: async ({ cairn }, use) => use(cairn.url),

  account: async ({ cairn }, use) => use(await cairn.createAccount()),

  startCairn: async ({ browser }, use) => {
    const started: Cairn[] = [];
    await use(async (variables) => {
      const cairn = await Cairn.start(variables);
      started.push(cairn);
      return cairn;
    });
    // First, so that no page misses its server.
    await Promise.all(browser.contexts().flatMap((context) => context.pages()).map((page) => page.close()));
    await Promise.all(started.map((cairn) => cairn.remove()));
  },

  emptyCairn: async ({ startCairn, variables }, use) => use(await startCairn(variables)),

  contexts: [async ({ browser }, use) => use(new SharedContexts(browser)), { scope: 'worker' }],

  ownContext: [false, { option: true }],

  contextKey: async ({ baseURL, colorScheme, javaScriptEnabled, locale, reducedMotion, timezoneId, userAgent, viewport }, use) =>
    use(JSON.stringify([baseURL, colorScheme, javaScriptEnabled, locale, reducedMotion, timezoneId, userAgent, viewport])),

  context: async ({ browser, cairn, contexts, contextKey, ownContext }, use, testInfo) => {
    const context = ownContext ? await browser.newContext() : await contexts.take(contextKey, cairn.url);
    await use(context);
    await (ownContext ? context.close() : contexts.giveBack(contextKey, testInfo.errors.length > 0));
  },

  otherPage: async ({ cairn, contexts, contextKey, pageErrors, javaScriptEnabled }, use, testInfo) => {
    const key = `other ${contextKey}`;
    const context = await contexts.take(key, cairn.url);
    const stop = watch(context, pageErrors, javaScriptEnabled);
    await use(await context.newPage());
    stop();
    await contexts.giveBack(key, testInfo.errors.length > 0);
  },

  pageErrors: [
    async ({ context, javaScriptEnabled }, use) => {
      const errors: string[] = [];
      const stop = watch(context, errors, javaScriptEnabled);
      await use(errors);
      stop();
      expect(errors, 'errors in the page').toEqual([]);
    },
    { auto: true },
  ],
});

/** Collects what goes wrong in the pages of a context, until it is told to stop. */
function watch(context: BrowserContext, errors: string[], javaScriptEnabled?: boolean): () => void {
  const onError = (error: WebError) => errors.push(error.error().stack ?? error.error().message);
  const onConsole = (message: ConsoleMessage) => {
    if (isFault(message.type(), message.text(), javaScriptEnabled)) errors.push(`${message.type()}: ${message.text()}`);
  };
  context.on('weberror', onError).on('console', onConsole);
  return () => context.off('weberror', onError).off('console', onConsole);
}

/** Errors and framework warnings count; that a refused form was answered 4xx is the product's business. */
function isFault(type: string, text: string, javaScriptEnabled = true): boolean {
  // Without JavaScript nobody fetches the module.
  if (!javaScriptEnabled && text.includes('was preloaded using link preload but not used')) return false;
  if (text.startsWith('Failed to load resource') && /status of 4\d\d/.test(text)) return false;
  return type === 'error' || type === 'warning';
}

/** Waits until the WASM module has taken over the page; without JavaScript there is nothing to wait for. */
export async function hydrated(page: Page, javaScriptEnabled: boolean | undefined = true): Promise<void> {
  if (javaScriptEnabled) await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
}

/** Lets deletion requests of the account begin at once. Needs a sign-in. */
export async function withoutGrace(page: Page, account: Account): Promise<void> {
  const form = { account: account.accountId, grace: '0' };
  const answer = await page.request.post('/api/console/grace_set', { form, headers: { accept: 'application/json' } });
  expect(answer.status()).toBe(200);
}

/** Signs in as the account's first admin, without the page for it, which has journeys of its own. */
export async function signIn(page: Page, account: Account): Promise<void> {
  const form = { email: account.email, password: account.password };
  const answer = await page.request.post('/api/console/sign_in', { form, headers: { accept: 'application/json' } });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Waits for the colours of another scheme: what inherits one changes a frame after its parent, by a transition of no length. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    do await frames();
    while (document.getAnimations().some((animation) => animation instanceof CSSTransition));
  });
}

// The same as `axe.source` in half of the size.
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds, by all of its rules or by these. It is brought into a page once: that takes longer than most looks. */
async function findings(page: Page, runOnly?: string[]): Promise<Result[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(async (runOnly) => {
    const inPage = (window as unknown as { axe: typeof import('axe-core') }).axe;
    return (await inPage.run(document, { ...(runOnly && { runOnly }), resultTypes: ['violations'] })).violations;
  }, runOnly);
}

/** No violation that axe knows of, in the light and in the dark scheme. Needs JavaScript. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    // Without transitions, so that no colour is caught halfway.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settled(page);
    // Nothing but colours differs in the other scheme.
    const violations = await findings(page, colorScheme === 'dark' ? ['color-contrast'] : undefined);
    const found = violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => node.html) }));
    expect(found, `${page.url()} in the ${colorScheme} scheme`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}
