import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';

/** What a test cannot take back; it does it to its page, or asks for a context of its own. */
const LASTING = [
  'addInitScript',
  'exposeBinding',
  'exposeFunction',
  'routeWebSocket',
  'setDefaultNavigationTimeout',
  'setDefaultTimeout',
  'setExtraHTTPHeaders',
  'setGeolocation',
  'setHTTPCredentials',
  'setOffline',
] as const;

const CLOCK = ['fastForward', 'install', 'pauseAt', 'resume', 'runFor', 'setFixedTime', 'setSystemTime'] as const;

function refuse(owner: object, name: string, called: string): void {
  const value = () => {
    throw new Error(`${called} would last beyond this test: use a method of the page that ends with it, or test.use({ ownContext: true })`);
  };
  Object.defineProperty(owner, name, { value });
}

/**
 * The contexts that the tests of a worker share, one after the other: a new one would fetch and compile the site anew.
 * What a test left behind is gone before the next begins, all but the files that the browser keeps.
 */
export class SharedContexts {
  private readonly shared = new Map<string, Promise<SharedContext>>();

  constructor(private readonly browser: Browser) {}

  /** A context as good as a new one, until it is given back. Tests that name different keys never get the same. `home` is the site to which it goes first. */
  async take(key: string, home: string): Promise<BrowserContext> {
    let shared = this.shared.get(key);
    if (!shared) {
      shared = SharedContext.make(this.browser, home);
      this.shared.set(key, shared);
    }
    const { context } = await shared;
    await (await shared).clean();
    return context;
  }

  /** Closes what the test has opened. After a failure the context itself is closed, which takes the pictures of its pages. */
  async giveBack(key: string, failed: boolean): Promise<void> {
    const shared = await this.shared.get(key);
    if (failed) this.shared.delete(key);
    await (failed ? shared?.context.close() : shared?.closePages());
  }
}

class SharedContext {
  private readonly origins = new Set<string>();

  private constructor(
    readonly context: BrowserContext,
    private readonly session: CDPSession,
  ) {
    context.on('framenavigated', (frame) => this.origins.add(new URL(frame.url()).origin));
    for (const name of LASTING) refuse(context, name, `context.${name}`);
    // It is the same for all pages of a context, and time that was stopped stays so in the next ones.
    for (const name of CLOCK) refuse(context.clock, name, `page.clock.${name}`);
  }

  static async make(browser: Browser, home: string): Promise<SharedContext> {
    const context = await browser.newContext();
    // The browser ends the process of a site with its last page, and forgets what it has compiled; so one page stays.
    const resident = await context.newPage();
    await resident.goto(home);
    const pages = context.pages.bind(context);
    Object.defineProperty(context, 'pages', { value: (): Page[] => pages().filter((page) => page !== resident) });
    return new SharedContext(context, await context.newCDPSession(resident));
  }

  async closePages(): Promise<void> {
    await Promise.all(this.context.pages().map((page) => page.close()));
  }

  /** Removes everything that tests before may have left. */
  async clean(): Promise<void> {
    await this.closePages();
    const emptied = [...this.origins].filter((origin) => origin !== 'null');
    this.origins.clear();
    await Promise.all([
      this.context.unrouteAll(),
      this.context.clearCookies(),
      this.context.clearPermissions(),
      ...emptied.map((origin) => this.session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })),
    ]);
  }
}
