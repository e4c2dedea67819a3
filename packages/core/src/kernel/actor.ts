/** A permission is `resource:verb`; which there are stands in `features/roles/table.ts`. */
export type Scope = 'all' | 'team' | 'assigned' | 'own';

/** A user who acts: what policies look at. */
export interface UserActor {
  type: 'user';
  id: string;
  organization: string;
  accountId: string;
  role: string;
  /** Teams the user belongs to. */
  teams: readonly string[];
  primaryTeamId: string | null;
  /** May see what belongs to the installation rather than to one organization. */
  operator: boolean;
}

/** TIMS itself: ingest, a consumer, a job. */
export interface SystemActor {
  type: 'system';
  /** e.g. `ingest`, `outbox`. */
  id: string;
}

export type Actor = UserActor | SystemActor;
