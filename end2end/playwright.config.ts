import { defineConfig, devices } from '@playwright/test';

// Chromium asks nobody outside, and runs in containers as root.
const chromium = {
  executablePath: process.env.CAIRN_CHROMIUM || undefined,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // The pages of a context share one process, so that most pages need no new one.
    '--renderer-process-limit=1',
    '--disable-site-isolation-trials',
  ],
};

/**
 * A test runs with JavaScript unless its tag says otherwise: `@nojs` runs it without, `@both` with and without.
 */
export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  workers: 2,
  // Tests share nothing but the installation, so a long file keeps no worker waiting.
  fullyParallel: true,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // Far more than a test needs alone, for machines that are busy.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1280, height: 800 },
    launchOptions: chromium,
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'chromium', grepInvert: /@nojs\b/ },
    { name: 'nojs', grep: /@(nojs|both)\b/, use: { javaScriptEnabled: false } },
  ],
});
