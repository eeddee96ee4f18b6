import { expect } from '@playwright/test';

import type { Cairn } from './cairn';

/** Sends one event as a server does; once this is over, it is stored. */
export async function sendEvent(cairn: Cairn, environmentId: string, event: string, identity: string): Promise<void> {
  const answer = await fetch(`${cairn.url}/api/track`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_id: environmentId, identity, event }),
  });
  expect(await answer.text()).toBe('OK');
}
