import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { StartError } from '../start-error.js';

/** Everything comes from here, and nobody frames it; React and Radix set styles on elements. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  // The login offers other servers than the one that the page comes from.
  "connect-src 'self' http: https: ws: wss:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Shows a built single-page inbox at `/`: its files, and its page at every path that is nobody else's, as the page
 * itself knows what stands there.
 */
export async function webInbox(app: FastifyInstance, { folder }: { folder: string }): Promise<void> {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'public', rateLimit: false };
  });
  await app.register(fastifyStatic, {
    root: folder,
    // Found once at the start: a path that is no file is looked up among them, not on the disk.
    wildcard: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      // Vite names assets by their content; the page that names them is asked for each time.
      const lasting = path.includes('/assets/');
      reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
      reply.header('content-security-policy', contentSecurityPolicy);
    },
  });
}

/** The page itself, for the paths that it knows and we do not. */
export async function sendPage(reply: FastifyReply, folder: string): Promise<FastifyReply> {
  const page = await readFile(join(folder, 'index.html'));
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .header('content-security-policy', contentSecurityPolicy)
    .send(page);
}

/** Whether somebody asks for a page of the inbox: a browser does, by its address bar or a link. */
export function isPage({ method, url, headers }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return !/^\/(api|docs|assets)(\/|$)/.test(url) && (headers.accept ?? '').includes('text/html');
}

/**
 * The folder of the inbox to show: the one that is named, or the one that comes with TIMS where it is built.
 *
 * @param named a folder, or `off`
 * @throws StartError where the folder that is named has no page
 */
export function inboxFolder(named: string | undefined): string | undefined {
  if (named === 'off') return undefined;
  if (named !== undefined) {
    if (hasPage(named)) return named;
    throw new StartError(
      `TIMS_INBOX_DIR names ${named}, where there is no index.html. Build the inbox, or set it to off.`,
    );
  }
  const ours = ownInbox();
  return ours && hasPage(ours) ? ours : undefined;
}

/** The reference inbox is a package beside this one; an installation may leave it out. */
function ownInbox(): string | undefined {
  try {
    return join(createRequire(import.meta.url).resolve('@tims/web-inbox/package.json'), '../dist');
  } catch {
    return undefined;
  }
}

function hasPage(folder: string): boolean {
  return existsSync(join(folder, 'index.html'));
}
