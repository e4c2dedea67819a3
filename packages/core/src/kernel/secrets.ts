import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** Keys derived from the installation's secret key, and what they encrypt. */
export interface SecretBox {
  /** Names the key, so that a rotation can tell old ciphertexts from new ones. */
  readonly keyId: string;
  /** A 32-byte key for one purpose; a purpose's key tells nothing about another's. */
  key(
    purpose: 'tokens' | 'passwords' | 'idempotency' | 'activity' | 'lockout' | 'csrf' | 'recovery' | 'erasure',
  ): Uint8Array;
  /** AES-256-GCM. `context` is bound in: a ciphertext moved to another row does not open. */
  seal(text: string, context: string): string;
  /** @throws Error when the ciphertext was changed, moved, or sealed with another key. */
  open(sealed: string, context: string): string;
}

/**
 * @param secretKey `TIMS_SECRET_KEY`, at least 32 characters.
 */
export function createSecretBox(secretKey: string): SecretBox {
  const derive = (purpose: string) => new Uint8Array(hkdfSync('sha256', secretKey, 'tims', purpose, 32));
  const encryption = derive('encryption');
  const keyId = createHash('sha256').update(derive('key-id')).digest('hex').slice(0, 8);
  return {
    keyId,
    key: derive,
    seal(text, context) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', encryption, nonce).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return [keyId, nonce.toString('base64'), sealed.toString('base64'), cipher.getAuthTag().toString('base64')].join(
        '.',
      );
    },
    open(text, context) {
      const [id, nonce, sealed, tag] = text.split('.');
      if (id !== keyId || !nonce || sealed === undefined || !tag) {
        throw new Error(`A secret was sealed with key ${id ?? '?'}, TIMS_SECRET_KEY is ${keyId}`);
      }
      const decipher = createDecipheriv('aes-256-gcm', encryption, Buffer.from(nonce, 'base64'))
        .setAAD(Buffer.from(context))
        .setAuthTag(Buffer.from(tag, 'base64'));
      return decipher.update(Buffer.from(sealed, 'base64'), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}
