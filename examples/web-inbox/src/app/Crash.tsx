import { Component, type ReactNode } from 'react';
import { Button, ErrorState } from '../inbox-kit/ui.js';

/** A mistake of ours shows a page that says so, and not a white one. */
export class Crash extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error: error ?? new Error('Unknown') };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <main className="h-full bg-surface">
        <ErrorState
          title="This page has failed"
          help={`Load it again: drafts and unsent messages are kept. (${error instanceof Error ? error.message : String(error)})`}
          action={
            <Button variant="primary" onClick={() => location.reload()}>
              Load again
            </Button>
          }
        />
      </main>
    );
  }
}
