import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { errorText } from '../../inbox-kit/error-text.js';
import { Button, ErrorState, toast } from '../../inbox-kit/ui.js';
import { Card } from '../Card.js';
import { RenewCodes } from './RenewCodes.js';
import { SetUp } from './SetUp.js';
import { SwitchOff } from './SwitchOff.js';
import { useSecondFactor } from './use-second-factor.js';

/** The reader's second factor: set up here, its codes made anew, and switched off. */
export function SecondFactorCard() {
  const { status, error, refresh } = useSecondFactor();
  const [doing, setDoing] = useState<'set-up' | 'renew' | 'switch-off'>();

  function done(title: string): void {
    setDoing(undefined);
    refresh();
    toast({ title });
  }

  return (
    <Card
      title="Second factor"
      says="A six-digit code of an app on your telephone, beside the password. Whoever learns your password still does not get in."
    >
      {error ? (
        <ErrorState {...errorText(error)} onRetry={refresh} />
      ) : doing === 'set-up' ? (
        <SetUp onDone={() => done('Your second factor is on')} onCancel={() => setDoing(undefined)} />
      ) : (
        status && (
          <div className="flex flex-wrap items-center gap-x-6 gap-y-4">
            <p className="flex grow items-start gap-2.5">
              {status.enabled ? (
                <ShieldCheck aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-success" />
              ) : (
                <ShieldAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-warning" />
              )}
              <span>
                <strong className="font-medium">{status.enabled ? 'It is on.' : 'It is off.'}</strong>{' '}
                <span className="text-text-muted">
                  {status.enabled ? codesLeft(status.recoveryCodesLeft) : 'Your password alone lets you in.'}
                  {status.required && ' Your organization demands one.'}
                </span>
              </span>
            </p>
            {status.enabled ? (
              <div className="flex flex-wrap gap-2">
                <Button onClick={() => setDoing('renew')}>New recovery codes</Button>
                <Button onClick={() => setDoing('switch-off')}>Switch it off</Button>
              </div>
            ) : (
              <Button variant="primary" onClick={() => setDoing('set-up')}>
                Set it up
              </Button>
            )}
          </div>
        )
      )}
      {doing === 'renew' && (
        <RenewCodes
          onRenewed={refresh}
          onDone={() => done('Your new recovery codes are in force')}
          onClose={() => setDoing(undefined)}
        />
      )}
      {doing === 'switch-off' && (
        <SwitchOff
          required={status?.required ?? false}
          onDone={() => done('Your second factor is off')}
          onClose={() => setDoing(undefined)}
        />
      )}
    </Card>
  );
}

function codesLeft(count: number): string {
  if (count === 0) return 'No recovery code is left: make new ones.';
  const few = count < 4 ? ' Make new ones.' : '';
  return `${count} recovery ${count === 1 ? 'code is' : 'codes are'} left.${few}`;
}
