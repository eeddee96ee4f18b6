import { defineConfig } from '@playwright/test';

import tests from './playwright.config';

/** Makes the pictures of the README anew: `cargo xtask test --only e2e -- --config pictures.config.ts`. */
export default defineConfig({ ...tests, testDir: 'pictures', workers: 1, projects: [{ name: 'pictures' }] });
