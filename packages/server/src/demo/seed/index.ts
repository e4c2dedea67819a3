import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Installation, listOrganizationIds } from '@tims/core';
import { StartError } from '../../start-error.js';
import { passwordFile, readDemo } from '../kept.js';
import { type Seeded, seed } from './fill.js';

export interface DemoSeedOptions {
  conversations: number;
  seed: number;
  /** Also where the organization is not the demo's. */
  force: boolean;
  progress?: (line: string) => void;
}

/** What was begun in this data folder: only that can be completed. */
interface Begun {
  organization: string;
  conversations: number;
  seed: number;
  until: number;
}

/**
 * Fills the demo's organization with the conversations of years.
 *
 * @throws StartError where there is no demo, or where something else was begun.
 */
export async function seedDemo(
  installation: Installation,
  dataDir: string,
  { conversations, seed: from, force, progress }: DemoSeedOptions,
): Promise<Seeded> {
  const organization = await organizationToFill(installation, dataDir, force);
  const begun = begunOr(dataDir, { organization, conversations, seed: from, until: installation.clock.now() });
  return seed(installation, {
    ...begun,
    password: passwordOf(dataDir),
    onBegin: () => keep(dataDir, begun),
    ...(progress ? { progress } : {}),
  });
}

async function organizationToFill(installation: Installation, dataDir: string, force: boolean): Promise<string> {
  const there = await listOrganizationIds(installation.storage.reader);
  const { organizationId } = readDemo(dataDir);
  if (organizationId !== undefined && there.includes(organizationId)) return organizationId;
  const [only, ...others] = there;
  if (only === undefined) throw new StartError('There is no organization yet: `tims start --demo` makes the demo’s.');
  if (!force) {
    throw new StartError(
      'This installation is no demo: a million invented conversations would stand among the real ones and never leave. ' +
        'Make a demo with `tims start --demo`, or say --force if you mean it.',
    );
  }
  if (others.length > 0) throw new StartError('There are several organizations, and none of them is the demo’s.');
  return only;
}

const begunFile = (dataDir: string) => join(dataDir, 'demo-seed.json');

/** Times count from the first run, so that a second one makes the same rows. */
function keep(dataDir: string, begun: Begun): void {
  writeFileSync(begunFile(dataDir), `${JSON.stringify(begun, null, 2)}\n`, { mode: 0o600 });
}

function begunOr(dataDir: string, wanted: Begun): Begun {
  const file = begunFile(dataDir);
  if (!existsSync(file)) return wanted;
  const begun: Begun = JSON.parse(readFileSync(file, 'utf8'));
  const same = (['organization', 'conversations', 'seed'] as const).every((name) => begun[name] === wanted[name]);
  if (same) return begun;
  throw new StartError(
    `Here ${begun.conversations} conversations were begun with the seed ${begun.seed}, and others do not go beside them. ` +
      'Say the same to complete them, or begin anew with an empty TIMS_DATA_DIR.',
  );
}

/** The demo's people have one password. Nobody gets into a real organization with it: there is none. */
function passwordOf(dataDir: string): string {
  const file = passwordFile(dataDir);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : randomBytes(24).toString('base64url');
}
