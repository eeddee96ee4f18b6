import { test as base, type BrowserContext, expect, type Page } from '@playwright/test';
import axe, { type Result } from 'axe-core';

import { type Account, Cairn, type Variables } from './cairn';

export { type Account, Cairn, expect };

type OfTheTest = {
  /** An account made for this test. */
  account: Account;
  /** An installation in which nothing exists yet, made for this test. */
  emptyCairn: Cairn;
  /** A page in another browser: it shares no sign-in with `page`. */
  otherPage: Page;
  /** What went wrong in the page; must be empty when the test ends. */
  pageErrors: string[];
};

type OfTheWorker = {
  /** Variables of `cairn`, set by a file with `test.use({ variables: { ... } })`; such a file has an installation of its own. */
  variables: Variables;
  /** The installation that the tests of this worker share; `page.goto('/...')` leads there. */
  cairn: Cairn;
};

export const test = base.extend<OfTheTest, OfTheWorker>({
  variables: [{}, { scope: 'worker', option: true }],

  cairn: [
    async ({ variables }, use) => {
      const cairn = await Cairn.start(variables);
      await use(cairn);
      await cairn.remove();
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ cairn }, use) => use(cairn.url),

  account: async ({ cairn }, use) => use(await cairn.createAccount()),

  emptyCairn: async ({ browser, variables }, use) => {
    const cairn = await Cairn.start(variables);
    await use(cairn);
    // First, so that no page misses its server.
    await Promise.all(browser.contexts().map((context) => context.close()));
    await cairn.remove();
  },

  otherPage: async ({ browser, pageErrors, javaScriptEnabled }, use) => {
    const context = await browser.newContext();
    watch(context, pageErrors, javaScriptEnabled);
    await use(await context.newPage());
    await context.close();
  },

  pageErrors: [
    async ({ context, javaScriptEnabled }, use) => {
      const errors: string[] = [];
      watch(context, errors, javaScriptEnabled);
      await use(errors);
      expect(errors, 'errors in the page').toEqual([]);
    },
    { auto: true },
  ],
});

function watch(context: BrowserContext, errors: string[], javaScriptEnabled?: boolean): void {
  context.on('weberror', (error) => errors.push(error.error().stack ?? error.error().message));
  context.on('console', (message) => {
    if (isFault(message.type(), message.text(), javaScriptEnabled)) errors.push(`${message.type()}: ${message.text()}`);
  });
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

/** What axe finds, by all of its rules or by these. It is brought into a page once: that takes longer than most looks. */
async function findings(page: Page, runOnly?: string[]): Promise<Result[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
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
