import type { operationTable } from './generated/operations.js';
import type { components, operations } from './generated/types.js';
import type { ListCall } from './list-call.js';

type Schemas = components['schemas'];
export type CannedResponse = Schemas['CannedResponse'];
export type ApiKey = Schemas['ApiKey'];
export type Activity = Schemas['Activity'];
export type Channel = Schemas['Channel'];
export type CloseReason = Schemas['CloseReason'];
export type Contact = Schemas['Contact'];
export type ContactImport = Schemas['ContactImport'];
export type ContactAttribute = Schemas['ContactAttribute'];
export type ContactPatch = Schemas['ContactPatch'];
export type Conversation = Schemas['Conversation'];
export type ConversationPage = Schemas['ConversationPage'];
export type Draft = Schemas['Draft'];
export type Duplicate = Schemas['Duplicate'];
export type DuplicatePair = Schemas['DuplicatePair'];
export type Erasure = Schemas['Erasure'];
export type Event = Schemas['Event'];
export type Counts = Schemas['Counts'];
export type FollowUp = Schemas['FollowUp'];
export type ImportRow = Schemas['ImportRow'];
export type InboundFailure = Schemas['InboundFailure'];
export type Invitation = Schemas['Invitation'];
export type Me = Schemas['Me'];
export type Merge = Schemas['Merge'];
export type Message = Schemas['Message'];
export type StreamMessage = Schemas['StreamMessage'];
export type Tag = Schemas['Tag'];
export type OrganizationSettings = Schemas['OrganizationSettings'];
export type Role = Schemas['Role'];
export type OwnSession = Schemas['OwnSession'];
export type SearchHit = Schemas['SearchHit'];
export type Team = Schemas['Team'];
export type User = Schemas['User'];
export type Workload = Schemas['Workload'];
export type Note = Schemas['Note'];
export type Notification = Schemas['Notification'];
export type Participants = Schemas['Participants'];
export type View = Schemas['View'];

/** `resource.verb` of everything that can be called. */
export type OperationId = keyof typeof operationTable & keyof operations;

/** How one call goes. */
export interface CallOptions {
  /** Aborts the call and its repetitions; it then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** For each try, in milliseconds; 30,000 unless told. */
  timeoutMs?: number | undefined;
  /** For each operation that takes one, a key is made; give one to make the call only once over several runs. */
  idempotencyKey?: string | undefined;
  headers?: Record<string, string> | undefined;
  /** Tries after the first, instead of the client's. */
  retries?: number | undefined;
}

/** What an operation takes: path, query and body parameters in one flat object. */
export type Input<Id extends OperationId> = Flat<PathOf<Id> & QueryOf<Id>, BodyOf<Id>>;

/** What an operation answers; undefined for 204. */
export type Answer<Id extends OperationId> = operations[Id]['responses'] extends { 200: Json<infer A> }
  ? A
  : operations[Id]['responses'] extends { 201: Json<infer A> }
    ? A
    : operations[Id]['responses'] extends { 202: Json<infer A> }
      ? A
      : operations[Id]['responses'] extends { 200: { content: { 'text/csv': string } } }
        ? string
        : undefined;

/** One operation as a function. */
export type Call<Id extends OperationId> =
  Record<never, never> extends Input<Id>
    ? (input?: Input<Id>, options?: CallOptions) => Result<Answer<Id>>
    : (input: Input<Id>, options?: CallOptions) => Result<Answer<Id>>;

/** Every operation, as `resources.conversations.list(…)`. */
export type Resources = {
  [R in ResourceOf<OperationId>]: { [V in VerbOf<OperationId, R>]: Call<`${R}.${V}` & OperationId> };
};

type Result<A> = A extends { data: readonly (infer T)[] } ? ListCall<A, T> : Promise<A>;

type ResourceOf<Id extends string> = Id extends `${infer R}.${string}` ? R : never;
type VerbOf<Id extends string, R extends string> = Id extends `${R}.${infer V}` ? V : never;

interface Json<A> {
  content: { 'application/json': A };
}

type Parameters<Id extends OperationId> = operations[Id]['parameters'];
type PathOf<Id extends OperationId> = Parameters<Id> extends { path: infer P extends object } ? P : unknown;
type QueryOf<Id extends OperationId> =
  Parameters<Id> extends { query: infer Q extends object }
    ? Q
    : Parameters<Id> extends { query?: infer Q extends object }
      ? Partial<Q>
      : unknown;
type BodyOf<Id extends OperationId> = operations[Id] extends { requestBody: Json<infer B> }
  ? B
  : operations[Id] extends { requestBody: { content: { 'text/csv': string } } }
    ? { csv: string | Blob }
    : unknown;

/** Spread over the variants of the body, so that a union stays one. */
type Flat<P, B> = B extends unknown ? Closed<{ [K in keyof (P & B)]: (P & B)[K] }> : never;
type Closed<T> = keyof T extends never ? Record<string, never> : T;
