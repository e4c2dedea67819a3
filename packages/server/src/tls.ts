import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { LoadedSettings } from './load-settings.js';
import { StartError } from './start-error.js';

/** A certificate, with those between it and its root, and its private key; both as PEM. */
export interface Tls {
  cert: Buffer;
  key: Buffer;
}

/**
 * The certificate that the settings name. Off this machine the server speaks TLS or stands behind a proxy that does:
 * passwords and customers' messages go over no wire in the open.
 *
 * @throws StartError
 */
export function demandTls(
  settings: Pick<LoadedSettings, 'host' | 'trustProxy' | 'tlsCert' | 'tlsKey'>,
): Tls | undefined {
  const { host, trustProxy, tlsCert, tlsKey } = settings;
  if (tlsCert !== undefined && tlsKey !== undefined) return readTls(tlsCert, tlsKey);
  if (tlsCert !== undefined)
    throw new StartError('TIMS_TLS_CERT is set and TIMS_TLS_KEY is not: set both, or neither.');
  if (tlsKey !== undefined) throw new StartError('TIMS_TLS_KEY is set and TIMS_TLS_CERT is not: set both, or neither.');
  if (isLoopback(host) || trustProxy !== undefined) return undefined;
  throw new StartError(
    `Other machines would reach this server without encryption: TIMS_HOST is ${host}. ` +
      'Give it a certificate (TIMS_TLS_CERT and TIMS_TLS_KEY), name the proxy that speaks TLS before it ' +
      '(TIMS_TRUST_PROXY), or listen on this machine alone (TIMS_HOST=127.0.0.1).',
  );
}

function readTls(certFile: string, keyFile: string): Tls {
  const tls = { cert: read('TIMS_TLS_CERT', certFile), key: read('TIMS_TLS_KEY', keyFile) };
  try {
    createSecureContext(tls);
    return tls;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(
      `The certificate ${certFile} and the key ${keyFile} cannot be used together: ${why}. ` +
        'Both are PEM files, the key has no passphrase, and the certificate was made for it.',
      { cause: error },
    );
  }
}

function read(setting: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(`${setting} cannot be read: ${why}. Check the path and who owns the file.`, { cause: error });
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
