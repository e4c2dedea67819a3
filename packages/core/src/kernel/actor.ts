/** A permission is `resource:verb`; which there are stands in `features/roles/table.ts`. */
export type Scope = 'all' | 'team' | 'assigned' | 'own';

/** What somebody may do: permissions with their scopes. */
export type Grants = Readonly<Partial<Record<string, Scope>>>;

/** A user who acts: what policies look at. */
export interface UserActor {
  type: 'user';
  id: string;
  organization: string;
  accountId: string;
  role: string;
  /** Nobody grants a role of a higher rank. */
  rank: number;
  /** What the role allows under the organization's settings; with an API key, what is left of it. */
  grants: Grants;
  /** What somebody who sees their own conversations only sees of the queues of their teams. */
  queueSight: 'preview' | 'whole';
  /** Teams the user belongs to. */
  teams: readonly string[];
  /** Those of them that the user leads. */
  leads: readonly string[];
  primaryTeamId: string | null;
  /** Raised when what was given out to the user before must end: their tokens, their sockets. */
  authVersion: number;
  /** May see what belongs to the installation rather than to one organization. */
  operator: boolean;
  /** The session or the API key that speaks for the user; null where a job does. */
  via: string | null;
  /** Where the request came from. */
  ip: string | null;
}

/** TIMS itself: ingest, a consumer, a job. */
export interface SystemActor {
  type: 'system';
  /** e.g. `ingest`, `outbox`. */
  id: string;
}

export type Actor = UserActor | SystemActor;
