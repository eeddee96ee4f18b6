import { expect } from '@playwright/test';

import type { Cairn } from './cairn';

type Properties = Record<string, string | number | boolean>;

/** Sends one event as a server does; once this is over, it is stored. */
export async function sendEvent(
  cairn: Cairn,
  environmentId: string,
  event: string,
  identity: string,
  properties: Properties = {},
): Promise<void> {
  await send(cairn, 'track', { app_id: environmentId, identity, event, properties });
}

/** Says what is known of a user. */
export async function sendUserProperties(cairn: Cairn, environmentId: string, identity: string, properties: Properties): Promise<void> {
  await send(cairn, 'add_user_properties', { app_id: environmentId, identity, properties });
}

async function send(cairn: Cairn, path: string, body: object): Promise<void> {
  const answer = await fetch(`${cairn.url}/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(await answer.text()).toBe('OK');
}
