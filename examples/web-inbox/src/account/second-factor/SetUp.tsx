import type { Answer } from '@tims/sdk';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { Failure } from '../../forms/Failure.js';
import { TextField } from '../../forms/inputs.js';
import { PasswordField } from '../../forms/PasswordField.js';
import { ShownOnce } from '../../forms/ShownOnce.js';
import { useForm } from '../../forms/use-form.js';
import { Button } from '../../inbox-kit/ui.js';
import { QrCode } from './QrCode.js';

export interface SetUpProps {
  onDone(): void;
  onCancel?: (() => void) | undefined;
}

/** Password, picture and code, recovery codes: one after the other. */
export function SetUp({ onDone, onCancel }: SetUpProps) {
  const [secret, setSecret] = useState<Answer<'me.enableSecondFactor'>>();
  const [codes, setCodes] = useState<readonly string[]>();
  if (codes) return <KeepCodes codes={codes} onDone={onDone} />;
  if (secret) return <Scan secret={secret} onConfirmed={setCodes} onCancel={onCancel} />;
  return <ProveIt onProved={setSecret} onCancel={onCancel} />;
}

function ProveIt({
  onProved,
  onCancel,
}: { onProved(secret: Answer<'me.enableSecondFactor'>): void } & Pick<SetUpProps, 'onCancel'>) {
  const { tims } = useAppInbox();
  const form = useForm({
    initial: { password: '' },
    check: ({ password }) => ({ password: password === '' ? 'Type the password that you sign in with.' : undefined }),
    places: { login_failed: { at: 'password', says: 'The password is wrong.' } },
    send: ({ password }) => tims.me.enableSecondFactor({ password }),
    onDone: onProved,
  });
  return (
    <form ref={form.element} noValidate onSubmit={form.submit} className="flex max-w-md flex-col gap-4">
      <Step count={1}>Your password once more, so that nobody does this on a screen that you left open.</Step>
      <Failure failure={form.failure} />
      <PasswordField {...form.field('password')} label="Password" autoComplete="current-password" autoFocus />
      <Buttons action="Go on" busy={form.busy} onCancel={onCancel} />
    </form>
  );
}

interface ScanProps extends Pick<SetUpProps, 'onCancel'> {
  secret: Answer<'me.enableSecondFactor'>;
  onConfirmed(codes: readonly string[]): void;
}

function Scan({ secret: { secret, uri }, onConfirmed, onCancel }: ScanProps) {
  const { tims } = useAppInbox();
  const form = useForm({
    initial: { code: '' },
    check: ({ code }) => ({
      code: /^\d{6}$/.test(digits(code)) ? undefined : 'Type the six digits that the app shows.',
    }),
    places: {
      login_failed: {
        at: 'code',
        says: 'The code is wrong, or too old. Type the one that the app shows now, and see that the telephone’s clock is right.',
      },
    },
    send: ({ code }) => tims.me.confirmSecondFactor({ code: digits(code) }),
    onDone: ({ recoveryCodes }) => onConfirmed(recoveryCodes),
  });
  return (
    <form ref={form.element} noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      <Step count={2}>
        Open an authenticator app on your telephone (any will do), add an account there, and let it look at this
        picture.
      </Step>
      <div className="flex flex-wrap items-start gap-6">
        <QrCode text={uri} label="QR code for your authenticator app" />
        <div className="min-w-56 max-w-sm grow">
          <h3 className="font-medium text-xs">Or type this key into the app</h3>
          <p className="mt-1 select-all break-all font-mono text-sm">{inGroups(secret)}</p>
        </div>
      </div>
      <div className="flex max-w-md flex-col gap-4">
        <Failure failure={form.failure} />
        <TextField
          {...form.field('code')}
          label="The code that the app shows"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          mono
          autoFocus
        />
        <Buttons action="Switch it on" busy={form.busy} onCancel={onCancel} />
      </div>
    </form>
  );
}

function KeepCodes({ codes, onDone }: { codes: readonly string[]; onDone(): void }) {
  return (
    <div className="flex max-w-md flex-col gap-4">
      <Step count={3}>
        It is on. Keep these recovery codes where you find them without your telephone: each lets you in once in the
        place of a code. They are shown this once.
      </Step>
      <ShownOnce label="Recovery codes" lines={codes} file="tims-recovery-codes.txt" />
      <div>
        <Button variant="primary" onClick={onDone}>
          I have kept them
        </Button>
      </div>
    </div>
  );
}

function Step({ count, children }: { count: number; children: React.ReactNode }) {
  return (
    <p role="status" className="max-w-xl text-pretty">
      <span className="mr-2 font-medium text-accent">Step {count} of 3</span>
      {children}
    </p>
  );
}

function Buttons({ action, busy, onCancel }: { action: string; busy: boolean; onCancel: SetUpProps['onCancel'] }) {
  return (
    <div className="flex flex-wrap gap-2">
      <Button type="submit" variant="primary" busy={busy}>
        {action}
      </Button>
      {onCancel && (
        <Button onClick={onCancel} disabled={busy}>
          Cancel
        </Button>
      )}
    </div>
  );
}

/** As apps show them, in two groups, and as people type them. */
const digits = (code: string) => code.replace(/[\s-]/g, '');
const inGroups = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ');
